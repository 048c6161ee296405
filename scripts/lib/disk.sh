# A disk that is soon full, for one command.
# shellcheck shell=bash

# Of these many bytes; in memory, seen by the command alone, and gone with it.
SMALL_DISK=8m

# on_small_disk COMMAND...: with TMPDIR on it.
on_small_disk() {
  local place status=0
  place="$(mktemp -d)"
  # shellcheck disable=SC2016
  unshare --map-root-user --mount sh -c '
    mount -t tmpfs -o "size=$0" none "$1" && export TMPDIR="$1" && shift && exec "$@"
  ' "$SMALL_DISK" "$place" "$@" || status=$?
  rmdir "$place"
  return "$status"
}

# can_mount: whether this machine lets a user have one.
can_mount() { on_small_disk true 2>/dev/null; }
