# dxpulse for PowerShell: asks for a short survey when one is due, and starts no program until then.
#
# The prompt is wrapped, and finds `$?` and `$LASTEXITCODE` as the command left them.
if (-not (Test-Path Variable:global:__dxpulse)) {
    $global:__dxpulse = @{
        Program = @PROGRAM@
        Due = @DUE@
        Prompt = $function:prompt
        Last = (Get-History -Count 1).Id
        Silent = $false
        Asked = $false
        Id = ''
    }

    function global:prompt {
        $worked = $?
        $code = $global:LASTEXITCODE
        try { __dxpulse_look $worked $code } catch { $global:__dxpulse.Silent = $true }
        $global:LASTEXITCODE = $code
        if (-not $worked) { Write-Error '' -ErrorAction Ignore }
        & $global:__dxpulse.Prompt
    }
}

# Looks whether anything is due, with the command that was run, if any was.
function global:__dxpulse_look($worked, $code) {
    $hook = $global:__dxpulse
    $command = Get-History -Count 1
    if ($command -and $command.Id -eq $hook.Last) { $command = $null }
    if ($command) {
        $hook.Last = $command.Id
        __dxpulse_unbind
    }
    if ($hook.Silent) { return }
    $status = if ($worked) { 0 } elseif ($code) { $code } else { 1 }
    $seconds = if ($command) { [int][Math]::Floor(($command.EndExecutionTime - $command.StartExecutionTime).TotalSeconds) } else { 0 }
    $line = if ($command) { $command.CommandLine } else { '' }
    $entries = @(if ([IO.File]::Exists($hook.Due)) { [IO.File]::ReadAllLines($hook.Due) })
    # Where it says nothing, since it is gone, damaged or from another time, it is made anew, once in a shell.
    if ($entries.Count -gt 0 -and $entries[0].StartsWith('dxpulse 2 ')) {
        $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
        foreach ($entry in $entries) {
            if (__dxpulse_is_due $entry $now $line $status $seconds) {
                __dxpulse_run $status $seconds $line
                return
            }
        }
    } elseif (-not $hook.Asked) {
        $hook.Asked = $true
        __dxpulse_run $status $seconds $line
    }
}

# Says whether an entry of the due file is due.
function global:__dxpulse_is_due($entry, $now, $line, $status, $seconds) {
    $form = '\A(\d{1,15}) (\d{1,15}) (?:prompt|sync|command (any|success|failure) (\d{1,9}) (.*))\z'
    $part = [regex]::Match($entry, $form).Groups
    if (-not $part[1].Success) { return $false }
    if ($now -lt [long]$part[1].Value -or $now -ge [long]$part[2].Value) { return $false }
    if (-not $part[3].Success) { return $true }
    if (-not $line -or $seconds -lt [long]$part[4].Value) { return $false }
    if ($part[3].Value -eq 'success' -and $status -ne 0) { return $false }
    if ($part[3].Value -eq 'failure' -and $status -eq 0) { return $false }
    # Everything in a pattern stands for itself but `*`, which the escaping took along.
    $pattern = '(?s)\A\s*' + [regex]::Escape($part[5].Value).Replace('\*', '.*') + '\s*\z'
    return [regex]::IsMatch($line, $pattern)
}

# Runs the program once; any trouble with it ends what this hook does in this shell.
function global:__dxpulse_run($status, $seconds, $line) {
    $hook = $global:__dxpulse
    __dxpulse_unbind
    $hasKey = __dxpulse_has_key
    $words = @('hook', 'run', '--status', "$status", '--seconds', "$seconds")
    if (-not $hasKey) { $words += '--no-key' }
    $env:DXPULSE_LINE = "$line"
    $id = & $hook.Program @words 2>$null
    Remove-Item Env:DXPULSE_LINE -ErrorAction SilentlyContinue
    if ($LASTEXITCODE -ne 0) {
        $hook.Silent = $true
        return
    }
    if ($id -and $hasKey) {
        $hook.Id = "$id"
        Set-PSReadLineKeyHandler -Chord 'Alt+j' -BriefDescription 'dxpulse' -ScriptBlock { __dxpulse_answer }
    }
}

# Says whether Alt+J is free to be bound.
function global:__dxpulse_has_key {
    if (-not (Get-Module PSReadLine) -or (Get-PSReadLineOption).EditMode -eq 'Vi') { return $false }
    return -not (Get-PSReadLineKeyHandler -Bound | Where-Object { $_.Key -eq 'Alt+j' })
}

function global:__dxpulse_unbind {
    if (-not $global:__dxpulse.Id) { return }
    $global:__dxpulse.Id = ''
    Remove-PSReadLineKeyHandler -Chord 'Alt+j'
}

# Answers the survey asked for last; the line being typed stays.
function global:__dxpulse_answer {
    $id = $global:__dxpulse.Id
    __dxpulse_unbind
    if ($id) {
        & $global:__dxpulse.Program take --inline --no-suspend -- $id | Out-Host
        [Microsoft.PowerShell.PSConsoleReadLine]::InvokePrompt()
    }
}
