# dxpulse's hook for PowerShell. No process is started until something is due. What is due lies in one small file:
# its first line is `dxpulse 1 TIME`, and each line after it an entry, `FROM UNTIL prompt`, `FROM UNTIL sync` or
# `FROM UNTIL command OUTCOME SECONDS PATTERN`.
if ([Environment]::UserInteractive -and $Host.Name -eq 'ConsoleHost' -and -not (Test-Path variable:global:__dxpulse)) {

$global:__dxpulse = @{
    Program = @PROGRAM@; Due = @DUE@; Off = $false; Tried = $false; Key = $null; Entries = @(); Id = $null
    Last = (Get-History -Count 1 | ForEach-Object Id); Prompt = $function:prompt
}

# Parses the due file's lines.
function global:__dxpulse_read([string[]] $lines) {
    foreach ($line in $lines | Select-Object -Skip 1) {
        if ($line -cnotmatch '^(\d+) (\d+) (?:prompt|sync|command (any|success|failure) (\d+) (.+))$') { continue }
        $entry = @{ From = [long] $Matches[1]; Until = [long] $Matches[2]; Outcome = $Matches[3]; Seconds = 0; Pattern = $null }
        if ($Matches[5]) {
            $entry.Seconds = [long] $Matches[4]
            # In a pattern `*` stands for any text, and everything else for itself.
            $entry.Pattern = '(?s)\A' + [regex]::Escape($Matches[5]).Replace('\*', '.*') + '\z'
        }
        $entry
    }
}

# Looks whether anything is due, and runs the program if so.
function global:__dxpulse_look([bool] $good, $code) {
    $state = $global:__dxpulse
    if ($state.Off) { return }
    $ran = Get-History -Count 1
    $line = ''; $seconds = 0
    if ($ran -and $ran.Id -ne $state.Last) {
        $state.Last = $ran.Id
        $line = $ran.CommandLine.Trim()
        $seconds = [long] [Math]::Floor([Math]::Max(0, ($ran.EndExecutionTime - $ran.StartExecutionTime).TotalSeconds))
        if ($state.Id) { __dxpulse_unbind }
    } else { $good = $true }
    $status = if ($good) { 0 } elseif ($code) { $code } else { 1 }
    $due = $false
    if ([IO.File]::Exists($state.Due)) {
        $lines = [IO.File]::ReadAllLines($state.Due)
        if ($lines.Count -eq 0 -or -not $lines[0].StartsWith('dxpulse 1 ')) { return }
        $text = $lines -join "`n"
        if ($text -cne $state.Key) { $state.Entries = @(__dxpulse_read $lines); $state.Key = $text }
        $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
        foreach ($entry in $state.Entries) {
            if ($now -lt $entry.From -or $now -ge $entry.Until) { continue }
            if ($entry.Pattern) {
                if (-not $line -or $seconds -lt $entry.Seconds -or $line -cnotmatch $entry.Pattern) { continue }
                if ($entry.Outcome -ne 'any' -and ($entry.Outcome -eq 'success') -ne ($status -eq 0)) { continue }
            }
            $due = $true
            break
        }
    } elseif (-not $state.Tried) { $due = $true }
    if (-not $due) { return }
    $state.Tried = $true
    if ($state.Id) { __dxpulse_unbind }
    $words = @('hook', 'run', '--status', $status, '--seconds', $seconds)
    $free = (Get-Command Set-PSReadLineKeyHandler -ErrorAction Ignore) -and (Get-PSReadLineOption).EditMode -ne 'Vi' -and
        -not (Get-PSReadLineKeyHandler -Bound | Where-Object Key -cin 'Alt+j', 'Escape,j')
    if (-not $free) { $words += '--no-key' }
    $words += '--'
    if ($line) { $words += $line }
    $id = & $state.Program @words 2>$null
    if ($LASTEXITCODE -ne 0) { $state.Off = $true; return }
    if ($id -and $free) {
        $state.Id = "$id"
        Set-PSReadLineKeyHandler -Chord 'Alt+j' -ScriptBlock {
            $id = $global:__dxpulse.Id
            __dxpulse_unbind
            # With the terminal as it is, since what a key's script block runs otherwise has its output swallowed.
            if ($id) { Start-Process -NoNewWindow -Wait $global:__dxpulse.Program -ArgumentList 'take', '--inline', '--', $id }
            [Microsoft.PowerShell.PSConsoleReadLine]::InvokePrompt()
        }
    }
}

function global:__dxpulse_unbind {
    $global:__dxpulse.Id = $null
    Remove-PSReadLineKeyHandler -Chord 'Alt+j'
}

function global:prompt {
    $good = $?
    $code = $global:LASTEXITCODE
    try { __dxpulse_look $good $code } catch { $global:__dxpulse.Off = $true }
    $global:LASTEXITCODE = $code
    # Gives `$?` back to the prompt that was there before, which may show it.
    if (-not $good) { Write-Error '' -ErrorAction Ignore }
    & $global:__dxpulse.Prompt
}

}
