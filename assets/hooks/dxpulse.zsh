# dxpulse for zsh: asks for a short survey when one is due, and costs a prompt next to nothing until then.
#
# Nothing but builtins runs until an entry of the due file fits. The command line is forgotten before the prompt is drawn. What looks
# closer is in a file of its own, which is read once something waits for a command or is due. `\builtin` keeps aliases and functions of
# the same name out; after it, what isn't quoted is split.
if [[ -o interactive ]] && zmodload zsh/datetime 2>/dev/null; then

() {
  # In here, nothing is exported.
  \builtin emulate -L zsh
  typeset -g __dxpulse_program=@PROGRAM@
  # What is due; its seal, a file with its number behind the same name, is there until it says something else.
  typeset -g __dxpulse_due=@DUE@
  typeset -g __dxpulse_closer=@CLOSER@
  typeset -g __dxpulse_seal= __dxpulse_any= __dxpulse_known= __dxpulse_soonest=0 __dxpulse_id="${__dxpulse_id-}"
  # Once silent, a shell stays so, also where its rc file is read again.
  typeset -g __dxpulse_silent="${__dxpulse_silent-}"
}
typeset -ga preexec_functions precmd_functions

__dxpulse_preexec() {
  {
    \builtin emulate -L zsh +x
  } 2>/dev/null
  if [[ -n $__dxpulse_id ]]; then __dxpulse_unbind; fi
  __dxpulse_line=${1:-$3} __dxpulse_began=$EPOCHSECONDS
}

# Runs before each prompt, and looks whether anything is due.
__dxpulse_precmd() {
  {
    \builtin local "state=$?" seconds=0
    \builtin emulate -L zsh +x
    if [[ -n $__dxpulse_silent ]]; then
      :
    elif [[ ! -e $__dxpulse_seal ]] && ! __dxpulse_look; then
      if [[ -z $__dxpulse_silent ]]; then __dxpulse_know; fi
    elif ((EPOCHSECONDS >= __dxpulse_soonest)) || [[ -n $__dxpulse_line && $__dxpulse_line == ${~__dxpulse_any} ]]; then
      if [[ -n $__dxpulse_began ]]; then seconds=$((EPOCHSECONDS > __dxpulse_began ? EPOCHSECONDS - __dxpulse_began : 0)); fi
      if __dxpulse_know && __dxpulse_is_due; then __dxpulse_run; fi
    fi
    __dxpulse_line= __dxpulse_began=
  } 2>/dev/null
}

# Reads the first line of the due file, which says since when something is due at any prompt and after a command; fails where there is
# no such line. What waits for commands is read at once.
__dxpulse_look() {
  \builtin local name form soonest earliest number $'IFS= \t\n'
  __dxpulse_seal= __dxpulse_any= __dxpulse_known=nothing
  \builtin read -r name form soonest earliest number <$__dxpulse_due || return
  if [[ "$name $form" != 'dxpulse 2' || $soonest != <-> || $earliest != <-> || $number != <-> || $#soonest -gt 15 ]]; then return 1; fi
  __dxpulse_seal=$__dxpulse_due.$number __dxpulse_soonest=$soonest
  [[ $earliest == 999999999999999 ]] || __dxpulse_know
}

# Makes the entries of the due file known, with what looks at them: that is read from its file, or printed where it is gone. Where there
# is but half of it, what `hook run` does mends it for the next shell.
__dxpulse_know() {
  \builtin setopt no_aliases
  __dxpulse_known=
  if [[ ! -r $__dxpulse_closer ]]; then \builtin eval "$("$__dxpulse_program" hook init zsh)"; fi
  if [[ -r $__dxpulse_closer ]]; then \builtin source $__dxpulse_closer; fi
  if [[ -z $__dxpulse_known ]]; then
    __dxpulse_silent=1
    "$__dxpulse_program" hook run --no-key >/dev/null
    return 1
  fi
  if [[ -z $__dxpulse_seal ]]; then __dxpulse_look; fi
  __dxpulse_know
}

@LOOK_CLOSER@
if ((! ${precmd_functions[(Ie)__dxpulse_precmd]})); then precmd_functions+=(__dxpulse_precmd); fi
if ((! ${preexec_functions[(Ie)__dxpulse_preexec]})); then preexec_functions+=(__dxpulse_preexec); fi

fi
