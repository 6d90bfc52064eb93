# dxpulse for zsh, what looks closer once something may be due; all of it runs in the scope of `__dxpulse_precmd`.

# Makes the entries of the due file known, where they are others than before.
__dxpulse_know() {
  if [[ $__dxpulse_seal != "$__dxpulse_known" ]]; then
    __dxpulse_read
    if ((__dxpulse_soonest == __dxpulse_never)) && [[ -z $__dxpulse_any ]]; then __dxpulse_ask_once; fi
  fi
}

# Where the due file says nothing, since it is gone, damaged or from another time, has it made anew, once in a shell, also where its rc
# file is read again.
__dxpulse_ask_once() {
  if [[ -z ${__dxpulse_asked-} ]]; then
    typeset -g __dxpulse_asked=1
    __dxpulse_run
  fi
}

# Reads the due file: entries for any prompt, and those for commands with their pattern made zsh's.
__dxpulse_read() {
  \builtin local entry from till what least pattern text
  local -a patterns
  __dxpulse_known=$__dxpulse_seal __dxpulse_any= __dxpulse_soonest=$__dxpulse_never __dxpulse_prompts=() __dxpulse_commands=()
  if [[ -z $__dxpulse_seal ]]; then return; fi
  text=$(<$__dxpulse_due)
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
  __dxpulse_seal=
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

# All of it was read.
() {
  \builtin emulate -L zsh
  typeset -ga __dxpulse_prompts __dxpulse_commands
  typeset -g __dxpulse_never=999999999999999 __dxpulse_known=nothing
}
