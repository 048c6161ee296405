#!/usr/bin/env bash
# usage: chain-guard.sh CHAIN_SCRIPT CHAIN_HOME DIRECTORY
# When it is asked to end: stops the chain, and removes the directory with everything in it. Run by while-parent.sh.
end() {
  trap '' TERM INT
  "$1" stop --home "$2" 2>/dev/null
  rm -rf "$3"
  exit 0
}
# shellcheck disable=SC2064
trap "end ${1@Q} ${2@Q} ${3@Q}" TERM INT
while :; do
  sleep 1 &
  wait "$!"
done
