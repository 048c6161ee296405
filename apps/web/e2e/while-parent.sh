#!/usr/bin/env bash
# usage: while-parent.sh PROGRAM ARG...
# Runs a program for as long as stdin is open: it ends with whoever started it, however that ends. Its first line
# on stdout is `pid <number>`; the rest is the program's.
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
printf 'pid %s\n' "$child"
{
  read -r _ <&3
  kill -TERM "$child"
  for _ in {1..50}; do
    kill -0 "$child" || exit 0
    sleep 0.1
  done
  kill -KILL "$child"
} 2>/dev/null &
watcher=$!
exec 3<&-
wait "$child"
status=$?
kill "$watcher" 2>/dev/null
exit "$status"
