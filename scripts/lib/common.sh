# Shared by every script here: where things are, how they say what they do, locks, versions.
# Source it; it sets the shell's options too.
# shellcheck shell=bash

set -euo pipefail
export LC_ALL=C

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
CACHE="${CW_VITALS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cw-vitals}"
mkdir -p "$CACHE/locks" "$CACHE/logs"

# Progress goes to stderr: stdout is kept for answers, such as a path.
say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

sha256() { sha256sum "$@" | cut -d' ' -f1; }

# with_lock NAME COMMAND...: one holder of NAME at a time on this machine.
# The lock is file descriptor 9; a process that outlives COMMAND must be started with 9>&-.
with_lock() {
  local name="$1"
  shift
  (
    flock -n 9 || {
      say "waiting for another run that holds $name"
      flock 9
    }
    "$@"
  ) 9>"$CACHE/locks/$name.lock"
}

# run_logged NAME HOW_LONG COMMAND...: says what starts and how long it takes, keeps the output in a
# log, and shows the log's end if COMMAND fails.
run_logged() {
  local name="$1" how_long="$2" log started
  shift 2
  log="$CACHE/logs/${name//[^a-zA-Z0-9._-]/_}.$$.log"
  started=$SECONDS
  say "$name: started ($how_long)"
  if "$@" >"$log" 2>&1; then
    say "$name: done in $((SECONDS - started)) s"
    rm -f "$log"
    return 0
  fi
  say "$name: FAILED after $((SECONDS - started)) s; the end of $log:"
  tail -n 25 "$log" | sed 's/^/    /' >&2
  return 1
}

# contract_packages: package name, directory and library name of each contract, with tabs between, by
# directory.
# `packages/testing/noop` is not one: it is a yardstick, not a product.
contract_packages() {
  workspace_metadata | jq -r --arg root "$ROOT/contracts/" '
    .packages[]
    | select(.manifest_path | startswith($root))
    | [.name,
       (.manifest_path | rtrimstr("/Cargo.toml")),
       (.targets[] | select(.crate_types | index("cdylib")) | .name)]
    | join("\t")' | sort -k2
}

workspace_metadata() {
  cargo metadata --manifest-path "$ROOT/Cargo.toml" --format-version 1 --no-deps --locked
}

# build_programs: the services, their devices, the story and what tries them, as released. All at once and
# always the same: cargo builds what they share anew for another set of packages.
build_programs() {
  say "vitals and the programs that try it: cargo build --release (some minutes the first time)"
  cargo build --locked --release --manifest-path "$ROOT/Cargo.toml" \
    -p vitals -p vitals-device-sim -p vitals-story -p vitals-soak
}

# target_dir: where cargo puts what it builds for this machine.
target_dir() { workspace_metadata | jq -r .target_directory; }
