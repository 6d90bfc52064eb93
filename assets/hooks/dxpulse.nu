# dxpulse's hook for Nushell. No process is started until something is due. What is due lies in one small file:
# its first line is `dxpulse 1 TIME`, and each line after it an entry, `FROM UNTIL prompt`, `FROM UNTIL sync` or
# `FROM UNTIL command OUTCOME SECONDS PATTERN`.

def --env _dxpulse_before [] {
    $env._DXPULSE.ran = { line: (commandline | str trim), began: (date now) }
}

# Whether an entry, split at its blanks, is due.
def _dxpulse_fits [part: list<string>, now: int, code: int, seconds: int, line: string] {
    if ($part | length) < 3 or not (($part.0 + $part.1) =~ '^\d+$') { return false }
    if $now < ($part.0 | into int) or $now >= ($part.1 | into int) { return false }
    if $part.2 in [prompt sync] { return true }
    if $part.2 != command or $line == '' or ($part | length) < 6 or not ($part.4 =~ '^\d+$') { return false }
    if $seconds < ($part.4 | into int) { return false }
    if not ($part.3 == any or ($part.3 == success and $code == 0) or ($part.3 == failure and $code != 0)) { return false }
    # In a pattern `*` stands for any text, and everything else for itself.
    let pattern = $part | skip 5 | str join ' ' | str replace --all --regex '[\\.+?^$(){}\[\]|]' '\$0' | str replace --all '*' '.*'
    $line =~ ('(?s)\A(?:' + $pattern + ')\z')
}

def --env _dxpulse_prompt [] {
    let code = $env.LAST_EXIT_CODE? | default 0
    let ran = $env._DXPULSE.ran
    $env._DXPULSE.ran = null
    if $env._DXPULSE.off { return }
    let line = if $ran == null { '' } else { $ran.line }
    let seconds = if $ran == null { 0 } else { ((date now) - $ran.began) // 1sec }
    mut due = false
    if (@DUE@ | path exists) {
        let lines = try { open --raw @DUE@ | lines } catch { [] }
        if not (($lines.0? | default '') starts-with 'dxpulse 1 ') { return }
        let now = (date now | into int) // 1_000_000_000
        $due = $lines | skip 1 | any {|entry| _dxpulse_fits ($entry | split row ' ') $now $code $seconds $line }
    } else if not $env._DXPULSE.tried {
        $due = true
    }
    if not $due { return }
    $env._DXPULSE.tried = true
    # Nushell can't give a key back as it was, so the program's line names a command instead.
    let words = if $line == '' { [] } else { [$line] }
    let ended = try {
        (^@PROGRAM@ hook run --status $code --seconds $seconds --no-key -- ...$words | complete).exit_code
    } catch { 1 }
    $env._DXPULSE.off = ($ended != 0)
    $env.LAST_EXIT_CODE = $code
}

# A record isn't handed on to the programs that are run.
if $nu.is-interactive and $env._DXPULSE? == null {
    $env._DXPULSE = { ran: null, off: false, tried: false }
    $env.config.hooks.pre_execution = ($env.config.hooks.pre_execution? | default [] | append {|| _dxpulse_before })
    $env.config.hooks.pre_prompt = ($env.config.hooks.pre_prompt? | default [] | append {|| _dxpulse_prompt })
}
