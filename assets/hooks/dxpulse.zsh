# dxpulse for zsh: asks for a short survey when one is due, and costs a prompt next to nothing until then.
#
# Nothing but builtins runs until an entry of the due file fits. The command line is forgotten before the prompt is drawn.
# `\builtin` keeps aliases and functions of the same name out; after it, what isn't quoted is split.
if [[ -o interactive ]] && zmodload zsh/datetime 2>/dev/null; then

() {
  # In here, nothing is exported.
  \builtin emulate -L zsh
  typeset -g __dxpulse_program=@PROGRAM@
  # What is due; its seal, a file with its number behind the same name, is there until it says something else.
  typeset -g __dxpulse_due=@DUE@
  typeset -g __dxpulse_first= __dxpulse_seal= __dxpulse_any= __dxpulse_soonest=0 __dxpulse_never=9223372036854775807 __dxpulse_line= __dxpulse_began= __dxpulse_id="${__dxpulse_id-}"
  # Once silent or once asked, a shell stays so, also where its rc file is read again.
  typeset -g __dxpulse_silent="${__dxpulse_silent-}" __dxpulse_asked="${__dxpulse_asked-}"
  typeset -ga __dxpulse_prompts __dxpulse_commands
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
    elif [[ ! -e $__dxpulse_seal ]] && ! __dxpulse_look_into_it; then
      __dxpulse_ask_once
    elif ((EPOCHSECONDS >= __dxpulse_soonest)) || [[ -n $__dxpulse_line && $__dxpulse_line == ${~__dxpulse_any} ]]; then
      if [[ -n $__dxpulse_began ]]; then seconds=$((EPOCHSECONDS > __dxpulse_began ? EPOCHSECONDS - __dxpulse_began : 0)); fi
      if __dxpulse_is_due; then __dxpulse_run; fi
    fi
    __dxpulse_line= __dxpulse_began=
  } 2>/dev/null
}

# Reads the due file where it says something else than before; fails where there is none. All below is in the scope of `__dxpulse_precmd`.
__dxpulse_look_into_it() {
  \builtin local first
  if ! \builtin read -r first <$__dxpulse_due; then return 1; fi
  if [[ $first != "$__dxpulse_first" ]]; then
    __dxpulse_read
    if ((__dxpulse_soonest == __dxpulse_never)) && [[ -z $__dxpulse_any ]]; then __dxpulse_ask_once; fi
  fi
}

# Where the due file says nothing, since it is gone, damaged or from another time, has it made anew, once in a shell.
__dxpulse_ask_once() {
  if [[ -z $__dxpulse_asked ]]; then
    __dxpulse_asked=1
    __dxpulse_run
  fi
}

# Reads the due file: entries for any prompt, and those for commands with their pattern made zsh's.
__dxpulse_read() {
  \builtin local entry from till what least pattern text
  local -a patterns
  text=$(<$__dxpulse_due)
  __dxpulse_first=$first __dxpulse_seal=$__dxpulse_due.${first##* } __dxpulse_any= __dxpulse_soonest=$__dxpulse_never __dxpulse_prompts=() __dxpulse_commands=()
  if [[ $text != 'dxpulse 1 '* ]]; then return; fi
  for entry in ${${(f)text}[2,-1]}; do
    from=${entry%% *} what=${entry#* }
    till=${what%% *} what=${what#* }
    # By longer numbers, zsh can't reckon.
    if [[ $from != <-> || $till != <-> || $#from -gt 15 || $#till -gt 15 ]] || ((EPOCHSECONDS >= till)); then continue; fi
    case $what in
      (prompt|sync)
        __dxpulse_prompts+=("$from" "$till")
        if ((from < __dxpulse_soonest)); then __dxpulse_soonest=$from; fi
        ;;
      (command\ (any|success|failure)\ <->\ *)
        what=${what#command }
        least=${${what#* }%% *}
        if (($#least > 9)); then continue; fi
        pattern=${what#* * }
        # Everything stands for itself but `*`, which the escaping took along.
        pattern=${${(b)pattern}//\\\*/*}
        patterns+=("$pattern")
        __dxpulse_commands+=("$from" "$till" "${what%% *}" "$least" "$pattern")
        ;;
    esac
  done
  # One pattern for all of them, which most commands don't fit; blanks around a command are no part of it.
  if (($#patterns)); then __dxpulse_any="(*[[:space:]]|)(${(j:|:)patterns})([[:space:]]*|)"; fi
}

# Says whether an entry is due, for a command its outcome and duration included.
__dxpulse_is_due() {
  \builtin local from till outcome least pattern "line=${__dxpulse_line#"${__dxpulse_line%%[![:space:]]*}"}"
  for from till in $__dxpulse_prompts; do
    if ((from <= EPOCHSECONDS && EPOCHSECONDS < till)); then return 0; fi
  done
  line=${line%"${line##*[![:space:]]}"}
  if [[ -z $line ]]; then return 1; fi
  for from till outcome least pattern in $__dxpulse_commands; do
    if ((from <= EPOCHSECONDS && EPOCHSECONDS < till && seconds >= least)) && [[ $line == ${~pattern} ]]; then
      case $outcome in
        (any) return 0 ;;
        (success) if ((state == 0)); then return 0; fi ;;
        (failure) if ((state != 0)); then return 0; fi ;;
      esac
    fi
  done
  return 1
}

# Runs the program once; any trouble with it ends what this hook does in this shell.
__dxpulse_run() {
  \builtin local id key=
  if [[ -n $__dxpulse_id ]]; then __dxpulse_unbind; fi
  if ! __dxpulse_has_key; then key=--no-key; fi
  if ! id=$(DXPULSE_LINE=$__dxpulse_line "$__dxpulse_program" hook run --status "$state" --seconds "$seconds" $key); then
    __dxpulse_silent=1
    return
  fi
  __dxpulse_first= __dxpulse_seal=
  if [[ -n $id && -z $key ]]; then
    __dxpulse_id=$id
    \builtin zle -N __dxpulse_answer
    \builtin bindkey '^[j' __dxpulse_answer
  fi
}

# Says whether Alt+J is free to be bound: the user edits as in Emacs, and has bound nothing to it or to what begins with it.
__dxpulse_has_key() {
  [[ -o zle && $(\builtin bindkey -lL main) == *' emacs main' && $(\builtin bindkey '^[j'; \builtin bindkey -p '^[j') == *' undefined-key' ]]
}

__dxpulse_unbind() {
  __dxpulse_id=
  \builtin bindkey -r '^[j'
}

# Answers the survey asked for last; the line being typed stays.
__dxpulse_answer() {
  {
    \builtin emulate -L zsh +x
  } 2>/dev/null
  \builtin local "id=$__dxpulse_id"
  __dxpulse_unbind
  if [[ -n $id ]]; then
    \builtin zle -I
    # A failure is no matter for a trap.
    "$__dxpulse_program" take --inline --no-suspend -- "$id" </dev/tty >/dev/tty 2>/dev/tty || :
    # Without its marks, what is pasted into the line would run; zsh asks for them before a prompt only.
    \builtin print -rn -- "${zle_bracketed_paste[1]-}" >/dev/tty
    # The terminal may have another size by now.
    \builtin zle -I
  fi
}

if ((! ${precmd_functions[(Ie)__dxpulse_precmd]})); then precmd_functions+=(__dxpulse_precmd); fi
if ((! ${preexec_functions[(Ie)__dxpulse_preexec]})); then preexec_functions+=(__dxpulse_preexec); fi

fi
