# dxpulse for bash 4.4 and newer: asks for a short survey when one is due, and costs a prompt next to nothing until then.
#
# Nothing but builtins runs until an entry of the due file fits. PS0 notes that a command was run and when, without a DEBUG
# trap. What looks closer is in a file of its own, which is read once something waits for a command or is due. `\builtin` keeps
# aliases and functions of the same name out; after it, bash splits what isn't quoted.
if [[ $- == *i* ]] && ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)); then

__dxpulse_exports=
if [[ -o allexport ]]; then
  __dxpulse_exports=1
  \builtin set +a
fi
__dxpulse_program=@PROGRAM@
# What is due; its seal, a file with its number behind the same name, is there until it says something else.
__dxpulse_due=@DUE@
__dxpulse_closer=@CLOSER@
# Before bash 5, there is no clock of its own.
__dxpulse_clock=${EPOCHSECONDS+EPOCH}SECONDS
# What was run is known by its number in the history, and since when it ran.
__dxpulse_ps0='${__dxpulse_none[__dxpulse_ran=\!+1,__dxpulse_began='$__dxpulse_clock',0]}'
__dxpulse_none='' __dxpulse_ran='' __dxpulse_number=${__dxpulse_number:-0} __dxpulse_began=0 __dxpulse_seal='' __dxpulse_soonest=0 __dxpulse_earliest=0
# On lines of its own, so that bash-preexec knows the call for a part of PROMPT_COMMAND; traces go nowhere. What it returns to others is
# a failure to nobody: left of `&&`, it ends no shell and is no matter for a trap.
__dxpulse_call=$'{\n__dxpulse_prompt\n} 2>/dev/null && :'

# Runs before each prompt, and looks whether anything is due. Options that the user may have set are neutral in here, and as they were
# afterwards; `local -` would do so too, but before 5.1 has what others run after it put into the history.
__dxpulse_prompt() {
  \builtin local "status=$?" "last=$_" "ran=$__dxpulse_ran" "now=${EPOCHSECONDS-}" "before=$__dxpulse_number" $'IFS= \t\n' flags= seconds=0 line= number= mark=
  if [[ $- == *[aefuvxCET]* ]]; then
    flags=${-//[^aefuvxCET]/}
    \builtin set "+$flags"
  fi
  if [[ -z $now ]]; then \builtin printf -v now '%(%s)T' -1; fi
  if [[ $PS0 != *__dxpulse_began* && -z $__dxpulse_silent ]]; then __dxpulse_settle; fi
  if [[ -n $ran ]]; then
    __dxpulse_ran= __dxpulse_number=$ran seconds=$((__dxpulse_clock > __dxpulse_began ? __dxpulse_clock - __dxpulse_began : 0))
    if [[ -n $__dxpulse_id ]]; then __dxpulse_unbind; fi
  fi
  # Once silent, a shell stays so, also where its rc file is read again.
  if [[ -n $__dxpulse_silent ]]; then
    :
  elif [[ ! -e $__dxpulse_seal ]] && ! __dxpulse_look; then
    if [[ -z $__dxpulse_silent ]]; then __dxpulse_know; fi
  elif ((now >= __dxpulse_soonest)) && __dxpulse_know && __dxpulse_prompt_is_due; then
    __dxpulse_run
  elif ((ran && now >= __dxpulse_earliest && seconds >= __dxpulse_shortest)); then
    __dxpulse_recall
    if [[ -n ${line:+$__dxpulse_any${__dxpulse_commands["w${line%% *}"]}} ]] && __dxpulse_command_is_due; then __dxpulse_run; fi
  fi
  __dxpulse_line=
  if [[ -n $flags ]]; then \builtin set "-$flags"; fi
  if [[ -n ${__dxpulse_leads-} ]]; then \builtin return 0; fi
  # Behind it in the same text, others look at it.
  \builtin return "$status"
}

# Reads the first line of the due file, which says since when something is due at any prompt and after a command; fails where there is
# no such line. What waits for commands is read at once.
__dxpulse_look() {
  \builtin local name form soonest earliest number
  __dxpulse_seal=
  \builtin read -r name form soonest earliest number <"$__dxpulse_due" && [[ "$name $form" == 'dxpulse 2' && -n $number &&
    $soonest$earliest$number != *[^0-9]* && ${#soonest} -le 15 && ${#earliest} -le 15 ]] || \builtin return
  __dxpulse_seal=$__dxpulse_due.$number __dxpulse_soonest=$((10#$soonest)) __dxpulse_earliest=$((10#$earliest))
  ((__dxpulse_earliest == 999999999999999)) || __dxpulse_know
}

# Makes the entries of the due file known, with what looks at them: that is read from its file, or printed where it is gone. Where there
# is but half of it, what `hook run` does mends it for the next shell.
__dxpulse_know() {
  __dxpulse_known=
  if [[ ! -r $__dxpulse_closer ]]; then \builtin eval "$("$__dxpulse_program" hook init bash)"; fi
  if [[ -r $__dxpulse_closer ]]; then \builtin . "$__dxpulse_closer"; fi
  if [[ -z $__dxpulse_known ]]; then
    __dxpulse_silent=1
    "$__dxpulse_program" hook run --no-key >/dev/null
    \builtin return 1
  fi
  if [[ -z $__dxpulse_seal ]]; then __dxpulse_look; fi
  __dxpulse_know
}

# Takes its places before the first prompt, when the rc files have been read, and again where one of them was taken away: in PS0,
# and before everything else in PROMPT_COMMAND, where timers that are stopped by it aren't started by this call.
__dxpulse_settle() {
  \builtin local each
  \builtin local -a calls
  # Without promptvars, bash would show the text of PS0 instead of what it comes to.
  if \builtin shopt -q promptvars; then PS0=${PS0-}$__dxpulse_ps0; fi
  if [[ -n $__dxpulse_leads ]]; then
    for each in "${PROMPT_COMMAND[@]}"; do
      if [[ $each != "$__dxpulse_call" ]]; then calls+=("$each"); fi
    done
    if ((${#calls[@]} < ${#PROMPT_COMMAND[@]})); then PROMPT_COMMAND=("$__dxpulse_call" "${calls[@]}"); fi
  fi
  if [[ -z $__dxpulse_joined && -n ${bash_preexec_imported-}${__bp_imported-} ]]; then
    __dxpulse_joined=1
    preexec_functions+=(__dxpulse_preexec)
  fi
}

# Where bash-preexec is in use, it knows the line as well.
__dxpulse_preexec() {
  \builtin local -
  \builtin set +ax
  __dxpulse_line=$1
}

if [[ "${PROMPT_COMMAND[*]-}" != *__dxpulse_prompt* && ${PROMPT_COMMAND[*]@a} != *r* ]]; then
  PS0=${PS0-}
  PS0=${PS0/"$__dxpulse_ps0"}
  __dxpulse_leads=
  if [[ ${PROMPT_COMMAND[*]@a} == *x* ]]; then
    # Children take it from the environment, where no array goes. One that has no hook lets the status past it as it is.
    __dxpulse_call=$'{\ncase $?-${__dxpulse_number+here} in\n*-here) __dxpulse_prompt ;;\n*-) (exit $?) ;;\nesac\n} 2>/dev/null && :'
    PROMPT_COMMAND=$__dxpulse_call${PROMPT_COMMAND:+$'\n'$PROMPT_COMMAND}
  elif ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 501)) || [[ "${PROMPT_COMMAND[*]-}" == *__bp_install* ]]; then
    # What comes after bash-preexec has set itself up would be taken for the first command.
    PROMPT_COMMAND=$__dxpulse_call${PROMPT_COMMAND:+$'\n'$PROMPT_COMMAND}
  else
    __dxpulse_leads=1
    # Behind the first place, which `PROMPT_COMMAND=` overwrites.
    if [[ -z ${PROMPT_COMMAND[*]-} ]]; then PROMPT_COMMAND=(); fi
    PROMPT_COMMAND[${#PROMPT_COMMAND[@]} + (${#PROMPT_COMMAND[@]} == 0)]=$__dxpulse_call
  fi
fi

@LOOK_CLOSER@
if [[ -n $__dxpulse_exports ]]; then \builtin set -a; fi
\builtin unset -v __dxpulse_exports
fi
