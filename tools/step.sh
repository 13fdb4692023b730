#!/bin/sh
# A step of setting up: one line that says what it does and about how long, the seconds on a terminal while
# it lives, and what it printed only where it fails.
#
# Usage: step.sh NAME KOREAN ENGLISH COMMAND...    The log is build/setup-NAME.log.
log="build/setup-$1.log"
case "${LC_ALL:-${LC_MESSAGES:-$LANG}}" in
ko*) says=$2 seconds=초 failed="하지 못했다. 나온 말은 $log 에 있다" ;;
*) says=$3 seconds=" s" failed="this failed; all that it said is in $log" ;;
esac
shift 3
mkdir -p build

if [ -t 1 ]; then
  "$@" >"$log" 2>&1 &
  child=$!
  trap 'kill "$child" 2>/dev/null; echo; exit 130' INT TERM
  passed=0
  while kill -0 "$child" 2>/dev/null; do
    printf '\r%s … %s%s' "$says" "$passed" "$seconds"
    sleep 1
    passed=$((passed + 1))
  done
  wait "$child"
  code=$?
  printf '\r%s … %s%s\n' "$says" "$passed" "$seconds"
else
  printf '%s\n' "$says"
  "$@" >"$log" 2>&1
  code=$?
fi

if [ "$code" -ne 0 ]; then
  tail -n 20 "$log" >&2
  printf '%s\n' "$failed" >&2
fi
exit "$code"
