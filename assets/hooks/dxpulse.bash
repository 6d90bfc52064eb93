# dxpulse's hook for bash 4.2 and later. Builtins only, until something is due.
#
# PS0, which bash expands just before it runs a command line, notes the time by an arithmetic side effect and prints
# nothing: no DEBUG trap is needed, and those that are there stay as they are. (Before 4.4 there is no PS0, and only
# what is due at any prompt is seen.) Everything that is due lies in one small file; see _dxpulse_read.
if [[ $- == *i* ]] && (( BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 402 )); then

_dxpulse_program=@DXPULSE@
_dxpulse_due=@DUE@
_dxpulse_key= _dxpulse_from= _dxpulse_lines=0 _dxpulse_line=0 _dxpulse_number= _dxpulse_last= _dxpulse_id=
: "${_dxpulse_tried=}" "${_dxpulse_off=}"
\builtin unset -v _dxpulse_by _dxpulse_never
\builtin declare -A _dxpulse_by

# Parses the due file on stdin, after its first line $1. Entries for commands are kept by their pattern's first word.
_dxpulse_read() {
  \builtin local from until what rest outcome seconds pattern word
  _dxpulse_by=() _dxpulse_always=() _dxpulse_least=
  [[ $1 == 'dxpulse 1 '* ]] || \builtin return 0
  while IFS=' ' \builtin read -r from until what rest; do
    # Only digits may reach an arithmetic context, which would evaluate anything else.
    [[ -n $from && -n $until && $from$until != *[!0-9]* ]] || \builtin continue
    case $what in
      prompt | sync) _dxpulse_always+=("$from $until") ;;
      command)
        IFS=' ' \builtin read -r outcome seconds pattern <<<"$rest"
        [[ -n $seconds && $seconds != *[!0-9]* && -n $pattern ]] || \builtin continue
        word=${pattern%% *}
        [[ $word != *'*'* ]] || word='*'
        # In a pattern `*` stands for any text, and everything else for itself.
        pattern=${pattern//\\/\\\\} pattern=${pattern//\?/\\?} pattern=${pattern//\[/\\[} pattern=${pattern//\(/\\(}
        _dxpulse_by["_$word"]+="$from $until $outcome $seconds $pattern"$'\n'
        [[ -n $_dxpulse_least ]] && (( _dxpulse_least <= seconds )) || _dxpulse_least=$seconds ;;
    esac
  done
  \builtin return 0
}

# Sets `line` to the command line as it was typed: the history's last entry, printed into a here-string's pipe and read
# back, since $(...) would fork. A line the history left out is none of ours; where its number stayed, `$_` ($1) tells
# such a line from one repeated. Hundreds of lines might not fit the pipe.
_dxpulse_typed() {
  \builtin local number=$HISTCMD
  line=
  [[ -o history ]] && (( _dxpulse_lines <= 200 )) || \builtin return 0
  [[ $number != "$_dxpulse_number" || $1 == "$_dxpulse_last" ]] || \builtin return 0
  if (( BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 503 )); then
    line=${ HISTTIMEFORMAT= \builtin history 1; }
  else
    { HISTTIMEFORMAT= \builtin history 1 >|/dev/fd/3 && IFS= \builtin read -r -N 65536 line <&3; } 3<<<''
  fi
  [[ $line =~ ^[[:space:]]*[0-9]+\*?[[:space:]]+(.*[^[:space:]]) ]] && line=${BASH_REMATCH[1]} || line=
}

# Whether the command line $1, which ended with status $2 after $3 seconds, is due at $4.
_dxpulse_matches() {
  \builtin local word=${1%%[[:space:]]*} from until outcome seconds pattern
  while IFS=' ' \builtin read -r from until outcome seconds pattern; do
    [[ $1 == $pattern ]] && (( from <= $4 && $4 < until && seconds <= $3 )) || \builtin continue
    case $outcome in any) ;; success) (( $2 == 0 )) ;; failure) (( $2 )) ;; *) ! : ;; esac && \builtin return 0
  done <<<"${_dxpulse_by["_$word"]-}"$'\n'"${_dxpulse_by['_*']-}"
  \builtin return 1
}

# Before each prompt; $1 is `$_`. Ends with the status it found, for whatever comes after it in PROMPT_COMMAND, except
# under `set -e`, where that would end the shell.
_dxpulse_prompt() {
  \builtin local status=$? errexit=$- - now from=$_dxpulse_from seconds=0 first due= line= entry nocase= key
  \builtin set +aefuxv
  [[ $errexit != *e* ]] || errexit=
  _dxpulse_from=
  if [[ -z $_dxpulse_off ]]; then
    now=${EPOCHSECONDS-}
    [[ -n $now ]] || \builtin printf -v now '%(%s)T' -1
    if [[ -n $from ]]; then
      (( seconds = ${!_dxpulse_clock:-0} - from, seconds > 0 || (seconds = 0) )) || :
      [[ -z $_dxpulse_id ]] || _dxpulse_unbind
    fi
    if [[ -f $_dxpulse_due ]]; then
      {
        IFS= \builtin read -r first
        if [[ $first != "$_dxpulse_key" ]]; then
          _dxpulse_read "$first"
          # A file written this very second may be written again with the same first line.
          _dxpulse_key=$first
          [[ ${first##* } != *[!0-9]* ]] && (( ${first##* } < now )) || _dxpulse_key=
        fi
      } <"$_dxpulse_due"
      for entry in "${_dxpulse_always[@]}"; do
        (( ${entry% *} <= now && now < ${entry#* } )) && due=1
      done
    elif [[ -z $_dxpulse_tried && ! -e $_dxpulse_due ]]; then
      due=1
    fi
    if [[ -n $from && ( -n $due || -n $_dxpulse_least && $seconds -ge $_dxpulse_least ) ]]; then
      _dxpulse_typed "$1"
      if [[ -z $due && -n $line ]]; then
        # Options of `shopt` are not local to a function.
        \builtin shopt -q nocasematch && nocase=1 && \builtin shopt -u nocasematch
        _dxpulse_matches "$line" "$status" "$seconds" "$now" && due=1
        [[ -z $nocase ]] || \builtin shopt -s nocasematch
      fi
    fi
    [[ -z $due ]] || _dxpulse_run
    _dxpulse_number=$HISTCMD _dxpulse_last=$1
    # Another program's setup may have replaced PS0.
    if [[ -n $_dxpulse_ps0 && ${PS0-} != *_dxpulse_never* ]]; then PS0=${PS0-}$_dxpulse_ps0; fi
  fi
  [[ -z $errexit ]] || \builtin return "$status"
}

# Runs the program, with what _dxpulse_prompt knows, and binds Alt+J to what it asked for.
_dxpulse_run() {
  \builtin local id key=--no-key
  _dxpulse_tried=1 _dxpulse_key=
  [[ -z $_dxpulse_id ]] || _dxpulse_unbind
  # With vi's keys, Esc and then j are two commands.
  if [[ -o emacs ]]; then
    id=$(\builtin bind -m emacs -p; \builtin bind -m emacs -s; \builtin bind -m emacs -X)
    [[ $id == *'"\ej'* || $id == *'"\M-j'* ]] || key=
  fi
  if ! id=$("$_dxpulse_program" hook run --status "$status" --seconds "$seconds" ${key:+"$key"} -- ${line:+"$line"}); then
    _dxpulse_off=1
  elif [[ -n $id && -z $key ]]; then
    _dxpulse_id=$id
    \builtin bind -m emacs -x '"\ej": _dxpulse_answer'
  fi
}

_dxpulse_unbind() {
  _dxpulse_id=
  \builtin bind -m emacs -r '\ej'
}

_dxpulse_answer() {
  \builtin local id=$_dxpulse_id -
  \builtin set +eux
  _dxpulse_unbind
  [[ -z $id ]] || "$_dxpulse_program" take --inline -- "$id" </dev/tty >/dev/tty 2>&1 || :
} 2>/dev/null

# The redirection swallows what `set -x` would say of the hook.
_dxpulse_precmd() { _dxpulse_prompt "${_-}"; } 2>/dev/null

_dxpulse_ps0= _dxpulse_clock=SECONDS
[[ -z ${EPOCHSECONDS-} ]] || _dxpulse_clock=EPOCHSECONDS
if (( BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404 )) && \builtin shopt -q promptvars; then
  _dxpulse_ps0='${_dxpulse_never[_dxpulse_from='$_dxpulse_clock',_dxpulse_lines=LINENO-_dxpulse_line,_dxpulse_line=LINENO,0]-}'
fi

if [[ "${PROMPT_COMMAND[*]-} ${precmd_functions[*]-}" == *_dxpulse_pr* ]]; then
  :
elif [[ -n ${bash_preexec_imported-}${__bp_imported-} ]]; then
  precmd_functions+=(_dxpulse_precmd)
elif (( BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501 )); then
  # An array's elements each find $?, $_ and PIPESTATUS as the command line left them.
  PROMPT_COMMAND=('{ _dxpulse_prompt "${_-}"; } 2>/dev/null' ${PROMPT_COMMAND[@]+"${PROMPT_COMMAND[@]}"})
else
  # Last in a string, since a command before the others would cost them PIPESTATUS.
  PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}'{ _dxpulse_prompt "${_-}"; } 2>/dev/null'
fi

fi
