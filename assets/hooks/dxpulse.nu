# dxpulse for Nushell: asks for a short survey when one is due, and starts no program until then.
#
# The state is a record, which Nushell gives to no program it starts. The command line is forgotten before the prompt is drawn.
if "DXPULSE_HOOK" not-in $env {
    $env.DXPULSE_HOOK = {
        program: @PROGRAM@,
        due: @DUE@,
        line: "",
        began: 0,
        is_silent: false,
        was_asked: false,
        id: "",
        status: null
    }
    $env.config.hooks.pre_execution = ($env.config.hooks.pre_execution? | default [] | append {|| __dxpulse_begin })
    $env.config.hooks.pre_prompt = ($env.config.hooks.pre_prompt? | default [] | append {|| __dxpulse_look })
}

# Notes the line that is about to be run; what the key runs counts as one too.
def --env __dxpulse_begin [] {
    if (commandline) == "__dxpulse_answer" { return }
    $env.DXPULSE_HOOK = ($env.DXPULSE_HOOK | merge { line: (commandline), began: (__dxpulse_now) })
}

# Looks whether anything is due, before each prompt.
def --env __dxpulse_look [] {
    let hook = $env.DXPULSE_HOOK
    # The shell takes the status of what the key ran for that of a command.
    let status = ($hook.status? | default ($env.LAST_EXIT_CODE? | default 0))
    if $hook.status? != null { $env.LAST_EXIT_CODE = $status }
    let now = (__dxpulse_now)
    let seconds = if $hook.began == 0 or $hook.began > $now { 0 } else { $now - $hook.began }
    $env.DXPULSE_HOOK = ($hook | merge { line: "", began: 0, status: null })
    # Bindings that change before a command runs would not last, so this is where they end.
    if ($hook.line | is-not-empty) { __dxpulse_unbind }
    if $hook.is_silent { return }
    let lines = (try { open --raw $hook.due | lines } catch { [] })
    # Where it says nothing, since it is gone, damaged or from another time, it is made anew, once in a shell.
    if (($lines | first | default "") | str starts-with "dxpulse 2 ") {
        let line = $hook.line
        if not ($lines | skip 1 | any {|entry| __dxpulse_is_due $entry $now $line $status $seconds }) { return }
    } else {
        if $hook.was_asked { return }
        $env.DXPULSE_HOOK.was_asked = true
    }
    __dxpulse_run $status $seconds $hook.line
    $env.LAST_EXIT_CODE = $status
}

# Says whether an entry of the due file is due.
def __dxpulse_is_due [entry: string, now: int, line: string, status: int, seconds: int] {
    let form = '^(?<from>\d{1,15}) (?<till>\d{1,15}) (?:prompt|sync|command (?<outcome>any|success|failure) (?<least>\d{1,9}) (?<pattern>.*))$'
    let found = ($entry | parse --regex $form)
    if ($found | is-empty) { return false }
    let it = ($found | first)
    if $now < ($it.from | into int) or $now >= ($it.till | into int) { return false }
    if ($it.outcome | is-empty) { return true }
    if ($line | is-empty) or $seconds < ($it.least | into int) { return false }
    if ($it.outcome == "success" and $status != 0) or ($it.outcome == "failure" and $status == 0) { return false }
    # Everything in a pattern stands for itself but `*`.
    let pattern = ($it.pattern | str replace --all --regex '[\\.+?()|\[\]{}^$#&~-]' '\$0' | str replace --all '*' '.*')
    $line =~ ('(?s)\A\s*' + $pattern + '\s*\z')
}

# Runs the program once; any trouble with it ends what this hook does in this shell.
def --env __dxpulse_run [status: int, seconds: int, line: string] {
    __dxpulse_unbind
    let program = $env.DXPULSE_HOOK.program
    let has_key = (__dxpulse_has_key)
    let key = if $has_key { [] } else { ["--no-key"] }
    let ended = (try {
        with-env { DXPULSE_LINE: $line } { ^$program hook run --status $status --seconds $seconds ...$key | complete }
    } catch {
        { exit_code: 1, stdout: "" }
    })
    if $ended.exit_code != 0 {
        $env.DXPULSE_HOOK.is_silent = true
        return
    }
    let id = ($ended.stdout | str trim)
    if $has_key and ($id | is-not-empty) {
        $env.DXPULSE_HOOK.id = $id
        __dxpulse_bind { send: executehostcommand, cmd: "__dxpulse_answer" }
    }
}

# Says whether Alt+J is free to be bound.
def __dxpulse_has_key [] {
    let same = {|key| $key.name? != "dxpulse_answer" and $"($key.modifier?) ($key.keycode?)" =~ '(?i)^alt char_j$' }
    $env.config.edit_mode == "emacs" and not ($env.config.keybindings | any $same)
}

# Binds Alt+J to an event, or to nothing: bindings are never taken out of the list, only replaced by others of their name.
def --env __dxpulse_bind [event] {
    let others = ($env.config.keybindings | where {|key| $key.name? != "dxpulse_answer" })
    let binding = { name: dxpulse_answer, modifier: alt, keycode: char_j, mode: emacs, event: $event }
    $env.config.keybindings = ($others | append $binding)
}

def --env __dxpulse_unbind [] {
    if ($env.DXPULSE_HOOK.id | is-empty) { return }
    $env.DXPULSE_HOOK.id = ""
    __dxpulse_bind null
}

# Answers the survey asked for last; the line being typed stays.
def --env __dxpulse_answer [] {
    let id = $env.DXPULSE_HOOK.id
    $env.DXPULSE_HOOK.status = ($env.LAST_EXIT_CODE? | default 0)
    __dxpulse_unbind
    if ($id | is-not-empty) { ^$env.DXPULSE_HOOK.program take --inline --no-suspend -- $id }
}

def __dxpulse_now [] {
    (date now | into int) // 1_000_000_000
}
