# dxpulse for fish, what looks closer once something may be due; most of it runs in the scope of `__dxpulse_look`.

# Makes the entries of the due file known: those for any prompt, those for commands, and what lines that fit these look like at a glance.
function __dxpulse_know --no-scope-shadowing
    set -g __dxpulse_prompts
    set -g __dxpulse_commands
    if test -n "$__dxpulse_seal"
        set -l now (__dxpulse_now)
        set -l entries
        while read -l entry
            set -a entries $entry
        end <$__dxpulse_due
        for entry in $entries
            set -l part (string match -r '^([0-9]{1,15}) ([0-9]{1,15}) (prompt|sync|command) ?(any|success|failure|) ?([0-9]{0,9}) ?(.*)$' -- $entry)
            test -n "$part[1]"; or continue
            test $now -lt $part[3]; or continue
            if test $part[4] = command
                test -n "$part[6]"; or continue
                # Everything stands for itself but `*`, which the escaping took along.
                set -l pattern (string escape --style=regex -- "$part[7]" | string replace -a '\\*' '.*')
                set -a __dxpulse_commands "$part[2] $part[3] $part[5] $part[6] $pattern"
                set -a __dxpulse_any "*"(string replace -ra '[?\\\\]' '*' -- "$part[7]")"*"
            else
                set -a __dxpulse_prompts "$part[2] $part[3]"
            end
        end
    end
    set -q __dxpulse_prompts[1]; or set -q __dxpulse_commands[1]; and return
    __dxpulse_ask_once
    return 1
end

# Where the due file says nothing, since it is gone, damaged or from another time, has it made anew, once in a shell, also where its
# configuration is read again.
function __dxpulse_ask_once --no-scope-shadowing
    test -z "$__dxpulse_asked"; or return
    set -g __dxpulse_asked 1
    __dxpulse_run
end

# Gives the seconds since 1970.
function __dxpulse_now
    math (builtin path mtime -- $__dxpulse_due) + (builtin path mtime -R -- $__dxpulse_due)
end

# Says whether an entry is due.
function __dxpulse_is_due --no-scope-shadowing
    set -l now (__dxpulse_now)
    for entry in $__dxpulse_prompts
        set -l span (string split ' ' -- $entry)
        test $span[1] -le $now -a $now -lt $span[2]; and return 0
    end
    set -q ran[3]; or return 1
    for entry in $__dxpulse_commands
        set -l part (string split -m 4 ' ' -- $entry)
        test $part[1] -le $now -a $now -lt $part[2] -a $ran[2] -ge $part[4]000; or continue
        switch $part[3]
            case success
                test $ran[1] -eq 0; or continue
            case failure
                test $ran[1] -ne 0; or continue
        end
        string match -qr -- '(?s)\A\s*(?:'$part[5]')\s*\z' $ran[3]; and return 0
    end
    return 1
end

# Runs the program once, with what was run if anything; any trouble with it ends what this hook does in this shell.
function __dxpulse_run --no-scope-shadowing
    set -q __dxpulse_id[1]; and __dxpulse_unbind
    set -l key
    __dxpulse_has_key; or set key --no-key
    set -q ran[3]; or set -l ran 0 0 ""
    set -l seconds (math -s0 "$ran[2] / 1000")
    set -l id
    # fish itself tells where a program is missing, whatever becomes of its standard error.
    test -x "$__dxpulse_program"; and set id (DXPULSE_LINE="$ran[3]" $__dxpulse_program hook run --status $ran[1] --seconds $seconds $key 2>/dev/null)
    or begin
        set -g __dxpulse_silent 1
        functions -e __dxpulse_look
        return
    end
    set -g __dxpulse_seal
    if test -n "$id" -a -z "$key"
        set -g __dxpulse_id $id[1]
        bind \ej __dxpulse_answer
    end
end

# Says whether Alt+J is free to be bound: the user edits as in Emacs, and has bound nothing to it or to what begins with it.
function __dxpulse_has_key
    test "$fish_key_bindings" = fish_default_key_bindings -o -z "$fish_key_bindings"
    and not bind | string match -qr -- '(\\\\ej|alt-j)'
end

function __dxpulse_unbind
    set -g __dxpulse_id
    bind --erase \ej
end

# Answers the survey asked for last; the line being typed stays.
function __dxpulse_answer
    set -l id $__dxpulse_id
    __dxpulse_unbind
    test -n "$id"; or return
    $__dxpulse_program take --inline --no-suspend -- $id </dev/tty
    # Without its marks, what is pasted into the line would run; fish asks for them before a prompt only.
    printf '\e[?2004h' >/dev/tty
    # Prompt and line are drawn anew from their first row on, as many rows up as they have more than one.
    set -l prompt (fish_prompt)
    set -l column (string length --visible -- "$prompt[-1]")
    set -l rows (math "max(1, "(count $prompt)") - 2")
    set -l lines (commandline)
    set -q lines[1]; or set lines ''
    for line in $lines
        set rows (math "$rows + 1 + floor(($column + "(string length --visible -- "$line")") / $COLUMNS)")
    end
    string repeat -N \n --count (math "max(0, $rows)")
    commandline -f repaint
end

# All of it was read.
set -g __dxpulse_known 1
