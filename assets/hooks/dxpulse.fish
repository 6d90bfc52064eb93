# dxpulse for fish 3.6 and newer: asks for a short survey when one is due, and costs a prompt next to nothing until then.
#
# Nothing but builtins runs until an entry of the due file fits. fish has no clock among them, but compares the times of files: that
# of the due file's seal is when its first entry for any prompt is due, less the seconds by which that of the terminal, its last
# output, may be late. The command line is forgotten before the prompt is drawn. What looks closer is in a file of its own, which is
# read once something waits for a command or is due.
if status is-interactive; and not set -q __dxpulse_silent; and builtin path mtime -R / >/dev/null 2>/dev/null

    set -g __dxpulse_program @PROGRAM@
    # What is due, and its seal: a file with its number behind the same name, there until it says something else.
    set -g __dxpulse_due @DUE@
    set -g __dxpulse_seal
    set -g __dxpulse_closer @CLOSER@
    set -g __dxpulse_any
    set -q __dxpulse_id; or set -g __dxpulse_id

    # Runs after each command, whose exit status, milliseconds and line it keeps for as long as it looks. An empty line is none, and
    # costs nothing.
    function __dxpulse_look --on-event fish_postexec
        set -l ran $status $CMD_DURATION $argv[1]
        if test "$__dxpulse_seal" -nt /dev/stdin
            switch "$argv"
                case $__dxpulse_any
                    __dxpulse_is_due; and __dxpulse_run
            end
            return
        end
        # Once the program was run, the seal is another.
        set -q __dxpulse_id[1]; and __dxpulse_unbind
        # Its first line says since when something is due at any prompt and after a command, and its number.
        set -g __dxpulse_seal
        set -g __dxpulse_any
        test -r $__dxpulse_due; and read -l name form soonest earliest number <$__dxpulse_due
        and test "$name $form" = 'dxpulse 2'; and set -g __dxpulse_seal $__dxpulse_due.$number
        test "$__dxpulse_seal" -nt /dev/stdin; and test "$earliest" = 999999999999999; and return
        __dxpulse_know; and __dxpulse_is_due; and __dxpulse_run
    end

    # Looks before the first prompt too, when nothing was run yet.
    function __dxpulse_first_look --on-event fish_prompt
        functions -e __dxpulse_first_look
        __dxpulse_look
    end

    # Makes the entries of the due file known, with what looks at them: that is read from its file, or printed where it is gone. Where there
    # is but half of it, what `hook run` does mends it for the next shell.
    function __dxpulse_know --no-scope-shadowing
        set -g __dxpulse_known
        if not test -r "$__dxpulse_closer"; and test -x "$__dxpulse_program"
            set -l seal $__dxpulse_seal
            $__dxpulse_program hook init fish 2>/dev/null | source
            set -g __dxpulse_seal $seal
        end
        # fish itself tells what is wrong with code, so that half of it is not even tried.
        test -r "$__dxpulse_closer"; and read -lz code <$__dxpulse_closer
        string match -q '*set -g __dxpulse_known 1*' -- "$code"; and source $__dxpulse_closer
        if test -z "$__dxpulse_known"
            set -g __dxpulse_silent 1
            functions -e __dxpulse_look
            test -x "$__dxpulse_program"; and $__dxpulse_program hook run --no-key >/dev/null 2>/dev/null
            return 1
        end
        __dxpulse_know
    end

    @LOOK_CLOSER@
end
