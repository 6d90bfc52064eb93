# dxpulse for bash 4.4 and newer, what looks closer once something may be due; all of it runs in the scope of `__dxpulse_prompt`.

# A file in memory, the user's own, by which the line gets from `history` to a variable without a process; few, since they stay, and
# more than one, since shells may run at once.
__dxpulse_slip=/dev/shm/dxpulse-$EUID-$(($$ % 256))
# Before bash 5, numbers in the history are others than PS0 has.
__dxpulse_shifts=
if ((BASH_VERSINFO[0] < 5)); then __dxpulse_shifts=1; fi
__dxpulse_never=999999999999999

# Makes the entries of the due file known, where they are others than before.
__dxpulse_know() {
  if [[ $__dxpulse_seal != "$__dxpulse_known" ]]; then
    __dxpulse_read
    if ((__dxpulse_soonest == __dxpulse_never && __dxpulse_earliest == __dxpulse_never)); then __dxpulse_ask_once; fi
  fi
}

# Where the due file says nothing, since it is gone, damaged or from another time, has it made anew, once in a shell, also where its rc
# file is read again.
__dxpulse_ask_once() {
  if [[ -z $__dxpulse_asked ]]; then
    __dxpulse_asked=1
    __dxpulse_run
  fi
}

# Reads the due file: entries for any prompt, and those for commands by the first word of their pattern.
__dxpulse_read() {
  \builtin local from till what outcome least pattern word
  __dxpulse_known=$__dxpulse_seal __dxpulse_any= __dxpulse_prompts=()
  __dxpulse_soonest=$__dxpulse_never __dxpulse_earliest=$__dxpulse_never __dxpulse_shortest=$__dxpulse_never
  \builtin unset -v __dxpulse_commands
  \builtin declare -gA __dxpulse_commands
  if [[ -z $__dxpulse_seal ]]; then \builtin return; fi
  while \builtin read -r from till what; do
    if ! __dxpulse_is_number "$from" 15 || ! __dxpulse_is_number "$till" 15 || ((now >= till)); then \builtin continue; fi
    case $what in
      prompt | sync)
        __dxpulse_prompts+=("$from $till")
        if ((from < __dxpulse_soonest)); then __dxpulse_soonest=$from; fi
        ;;
      command\ *)
        pattern=${what#command } outcome=${pattern%% *} pattern=${pattern#* } least=${pattern%% *} pattern=${pattern#* }
        if ! __dxpulse_is_number "$least" 9; then \builtin continue; fi
        word=${pattern%% *}
        if [[ $word == *\** ]]; then word=; fi
        if [[ -n $word ]]; then
          __dxpulse_commands["w$word"]+="$from $till $outcome $least $pattern"$'\n'
        else
          __dxpulse_any+="$from $till $outcome $least $pattern"$'\n'
        fi
        if ((from < __dxpulse_earliest)); then __dxpulse_earliest=$from; fi
        if ((least < __dxpulse_shortest)); then __dxpulse_shortest=$least; fi
        ;;
    esac
  done <"$__dxpulse_due"
}

# Says whether a text is a number of at most so many digits, by which bash can reckon.
__dxpulse_is_number() {
  [[ -n $1 && -z ${1//[0-9]/} && $1 != 0?* ]] && ((${#1} <= $2))
}

# Says whether an entry for any prompt is due.
__dxpulse_prompt_is_due() {
  \builtin local entry
  for entry in "${__dxpulse_prompts[@]}"; do
    if ((${entry% *} <= now && now < ${entry#* })); then \builtin return 0; fi
  done
  \builtin return 1
}

# Says whether one of the entries for lines that begin with its first word, or for any, is due.
__dxpulse_command_is_due() {
  \builtin local from till outcome least pattern
  if __dxpulse_is_stale; then \builtin return 1; fi
  while \builtin read -r from till outcome least pattern; do
    if [[ -z $from ]] || ((now < from || now >= till || seconds < least)); then \builtin continue; fi
    case $outcome-$status in
      any-* | success-0) ;;
      failure-0) \builtin continue ;;
      failure-*) ;;
      *) \builtin continue ;;
    esac
    if __dxpulse_fits "$pattern"; then \builtin return 0; fi
  done <<<"${__dxpulse_commands["w${line%% *}"]}$__dxpulse_any"
  \builtin return 1
}

# Says whether the line fits a pattern, in which `*` stands for any text and everything else for itself.
#
# Taking a text away and looking at what is left tells it, since `==` follows what the user has set for the case of letters.
__dxpulse_fits() {
  \builtin local "pattern=$1" "rest=$line" "part=${1%%\**}" left
  left=${rest#"$part"}
  if ((${#rest} - ${#left} != ${#part})); then \builtin return 1; fi
  if ((${#part} == ${#pattern})); then
    ((${#left} == 0))
    \builtin return
  fi
  rest=$left pattern=${pattern#*\*}
  while [[ $pattern == *\** ]]; do
    part=${pattern%%\**} pattern=${pattern#*\*}
    left=${rest#*"$part"}
    if ((${#rest} - ${#left} < ${#part})); then \builtin return 1; fi
    rest=$left
  done
  left=${rest%"$pattern"}
  ((${#rest} - ${#left} == ${#pattern}))
}

# Sets `line` to the last entry of the history, which is the command line that was run unless it `__dxpulse_is_stale`.
#
# What `history` prints goes through the file in memory, which is emptied at once. Its number in front tells that this is the line, unless
# another shell whose line has the same wrote there in the same instant; where entries have times, or numbers have turned out to be
# others, that of this shell stands in place of the time.
__dxpulse_recall() {
  line=$__dxpulse_line
  if [[ -z $line ]]; then
    if [[ -n ${HISTTIMEFORMAT+set}$__dxpulse_shifts ]]; then \builtin local "HISTTIMEFORMAT=$$ "; fi
    if [[ -O $__dxpulse_slip && ! -L $__dxpulse_slip ]] || __dxpulse_make_slip; then
      {
        \builtin history 1
        \builtin read -u 9 -r -d '' number ${HISTTIMEFORMAT:+mark} line 9<"$__dxpulse_slip"
        9>|"$__dxpulse_slip"
      } >|"$__dxpulse_slip"
      # Read like this, it has no spaces around it.
      if [[ $mark == $$ || ( -z ${HISTTIMEFORMAT+set} && $number == "$((ran - 1))" ) ]]; then \builtin return; fi
      __dxpulse_shifts=1
    fi
    \builtin local HISTTIMEFORMAT=
    __dxpulse_last
    # Behind the number, and a mark where it was changed.
    line=${line#*[0-9][ *] }
    if [[ -n $HISTTIMEFORMAT ]]; then __dxpulse_without_time; fi
  fi
  line=${line#"${line%%[![:space:]]*}"} line=${line%"${line##*[![:space:]]}"}
}

# Takes the time away from `line`, which is in front where the user's format for it may not be changed: that of the command, or a second
# before; before bash 5, which one that is isn't known.
__dxpulse_without_time() {
  \builtin local time stamp text=
  for time in "$__dxpulse_began" "$((__dxpulse_began - 1))"; do
    \builtin printf -v stamp "%($HISTTIMEFORMAT)T" "$time"
    if [[ $line == "$stamp"* ]]; then text=${line#"$stamp"}; fi
  done
  line=$text
}

# Makes the file in memory, which nobody else may read; fails where something has its name.
__dxpulse_make_slip() {
  \builtin local name mask
  if [[ -z $__dxpulse_slip || -e $__dxpulse_slip || -L $__dxpulse_slip ]]; then \builtin return 1; fi
  # What `umask` prints would have to be read from another file.
  { \builtin read -r name && \builtin read -r name mask; } </proc/self/status
  if [[ $name != Umask: ]]; then \builtin return 1; fi
  \builtin umask 077
  \builtin set -C
  >"$__dxpulse_slip"
  \builtin set +C
  \builtin umask "$mask"
  [[ -O $__dxpulse_slip && ! -L $__dxpulse_slip ]]
}

# Sets `line` to what `history` prints of its last entry: by a subshell, or, as bash 5.3 can, without one and without the file.
__dxpulse_last() {
  line=$(\builtin history 1)
}
if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 503)); then
  __dxpulse_slip=
  \builtin eval '__dxpulse_last() { line=${ \builtin history 1; }; }'
fi

# Says whether the history was kept from the command, so that `line` is nothing, or the one before.
__dxpulse_is_stale() {
  if [[ -n $__dxpulse_line ]]; then \builtin return 1; fi
  if [[ -z $line || $SHELLOPTS: != *history:* ]]; then \builtin return 0; fi
  # Where the history has not grown, this is the command before, unless it was run again.
  ((before == ran)) && [[ -n ${HISTIGNORE-} || :${HISTCONTROL-}: == *:ignore@(space|both):* ]] && [[ ${line##* } != "$last" ]]
}

# Runs the program once; any trouble with it ends what this hook does in this shell.
__dxpulse_run() {
  \builtin local id key=
  if [[ -n $ran && -z $line ]]; then __dxpulse_recall; fi
  if __dxpulse_is_stale; then line=; fi
  if [[ -n $__dxpulse_id ]]; then __dxpulse_unbind; fi
  if ! __dxpulse_has_key; then key=--no-key; fi
  if ! id=$(DXPULSE_LINE=$line "$__dxpulse_program" hook run --status "$status" --seconds "$seconds" ${key:+"$key"}); then
    __dxpulse_silent=1
    \builtin return
  fi
  __dxpulse_seal=
  if [[ -n $id && -z $key ]]; then
    __dxpulse_id=$id
    \builtin bind -x '"\ej":__dxpulse_answer "$_" 2>/dev/null'
  fi
}

# Says whether Alt+J is free to be bound: the user edits as in Emacs, and has bound nothing to it or to what begins with it.
__dxpulse_has_key() {
  \builtin local bound others
  \builtin local -a lines
  if [[ ! -o emacs ]]; then \builtin return 1; fi
  \builtin mapfile -t lines <<<"$(\builtin bind -p; \builtin bind -s; \builtin bind -X)"
  # Before 5.1, bash lists what it no longer does.
  lines=("${lines[@]/*__dxpulse_answer*}")
  bound=${lines[*]}
  lines=("${lines[@]#\"\\ej}")
  others=${lines[*]#\"\\M-j}
  ((${#bound} == ${#others}))
}

__dxpulse_unbind() {
  __dxpulse_id=
  \builtin bind -r '\ej'
}

# Answers the survey asked for last; the line being typed stays, and so does `$_`, which is what this is called with.
__dxpulse_answer() {
  \builtin local "id=$__dxpulse_id"
  \builtin local -
  \builtin set +aefuvxC
  __dxpulse_unbind
  if [[ -n $id ]]; then
    # A failure ends no shell and is no matter for a trap.
    "$__dxpulse_program" take --inline --no-suspend -- "$id" </dev/tty >/dev/tty 2>/dev/tty || :
    # Without its marks, what is pasted into the line would run; bash asks for them before a prompt only.
    if [[ $(\builtin bind -v) == *'enable-bracketed-paste on'* ]]; then \builtin printf '\e[?2004h' >/dev/tty; fi
  fi
}

# All of it was read.
__dxpulse_known=nothing
