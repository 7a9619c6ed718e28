# shellcheck shell=bash
# How the set-up speaks: one line a step, the time passing in long ones, what failed and what to do about it.

say() { printf '%-9s %s\n' "$1" "$2"; }

fail() {
  printf '%-9s failed: %s\n%-9s %s\n' "$1" "$2" 'remedy' "$3" >&2
  exit 1
}

# Shows how long a step has taken: in a terminal on one line, otherwise a line every 15 seconds. Ends with its parent.
tick() {
  local name=$1 words=$2 measure=$3 log=$4 seconds=0 every=15 end='\n'
  if [[ -t 1 ]]; then every=1 end='\033[K\r'; fi
  while kill -0 "$PPID_OF_TICK" 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
    if ((seconds % every == 0)); then
      # shellcheck disable=SC2059
      printf "%-9s %s… %d s%s$end" "$name" "$words" "$seconds" "$("$measure" "$log" 2>/dev/null || true)"
    fi
  done
}

nothing_to_measure() { :; }

ticker=
stop_ticking() {
  [[ -n $ticker ]] || return 0
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  ticker=
  if [[ -t 1 ]]; then printf '\033[K'; fi
}
trap stop_ticking EXIT

# long_step <name> <words> <measure> <remedy> <command…>: runs the command with its output in a log of its own.
long_step() {
  local name=$1 words=$2 measure=$3 remedy=$4 log=$logs/$1.log began=$SECONDS status=0
  shift 4
  mkdir -p "$logs"
  : >"$log"
  PPID_OF_TICK=$$ tick "$name" "$words" "$measure" "$log" &
  ticker=$!
  "$@" >"$log" 2>&1 </dev/null || status=$?
  stop_ticking
  if ((status != 0)); then
    tail -n 15 "$log" >&2
    fail "$name" "$words (exit code $status; all of it in $log)" "$remedy"
  fi
  say "$name" "$words: done in $((SECONDS - began)) s"
}
