# The tools the other scripts need, at pinned versions, in a cache whose keys are those versions.
# Every tool is built or unpacked beside its place and moved into it, under a lock: an interrupted
# run leaves nothing that a later one would take for complete, and two runs do not collide.
# shellcheck shell=bash

RUST_VERSION="$(sed -n 's/^channel = "\(.*\)"/\1/p' "$ROOT/rust-toolchain.toml")"
BINARYEN_VERSION=132.0.0
BIOME_VERSION=2.6.8
# The crate of the same name is pinned to it in packages/core-wasm/Cargo.toml.
WASM_BINDGEN_VERSION=0.2.130
COSMWASM_CHECK_VERSION=3.0.10
CARGO_DENY_VERSION=0.20.2
CARGO_LLVM_COV_VERSION=0.9.1
CARGO_FUZZ_VERSION=0.13.2
CARGO_MUTANTS_VERSION=27.1.0
MOTO_VERSION=5.2.2
WASMD_MODULE=github.com/CosmWasm/wasmd

# need_commands: everything that is expected of the machine; Debian's packages are installed when
# they are missing and this may.
need_commands() {
  need_debian_packages
  local command missing=()
  for command in cargo go node npm; do have "$command" || missing+=("$command"); done
  ((${#missing[@]} == 0)) || die "not installed: ${missing[*]} (Rust by rustup, Go 1.25.9 or later, Node 20 or later)"
}

need_debian_packages() {
  local pair packages=()
  for pair in jq:jq curl:curl flock:util-linux ps:procps cc:gcc; do
    have "${pair%%:*}" || packages+=("${pair##*:}")
  done
  ((${#packages[@]} > 0)) || return 0
  if have apt-get && [[ $EUID == 0 ]]; then
    run_logged "Debian packages ${packages[*]}" "about half a minute" install_debian_packages "${packages[@]}"
  else
    die "not installed: ${packages[*]} (on Debian: apt-get install ${packages[*]})"
  fi
}

install_debian_packages() {
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@" libc6-dev
}

# --- the contracts' compiler -------------------------------------------------------------------

# Contracts are built by the same rustc as everything else, but with the standard library from its
# own source: the one that rustup ships for wasm32 uses bulk memory, which wasmvm 3.0.7 refuses.
rust_sysroot() { rustc "+$RUST_VERSION" --print sysroot; }

compiler_present() {
  local sysroot
  have rustup &&
    sysroot="$(rust_sysroot 2>/dev/null)" &&
    [[ -f "$sysroot/lib/rustlib/src/rust/library/std/Cargo.toml" ]]
}

setup_compiler() {
  compiler_present && return 0
  have rustup || {
    say "contract compiler: rustup is not installed, and Rust $RUST_VERSION with rust-src comes from it"
    return 1
  }
  with_lock rustup install_compiler
}

install_compiler() {
  compiler_present && return 0
  run_logged "contract compiler (rustup: Rust $RUST_VERSION with rust-src)" "up to a minute the first time" \
    env RUST_BACKTRACE=0 rustup toolchain install "$RUST_VERSION" --profile minimal --no-self-update \
    --component rust-src,clippy,rustfmt
  compiler_present
}

# --- wasm-opt ----------------------------------------------------------------------------------

wasm_opt() { "$CACHE/binaryen-$BINARYEN_VERSION/node_modules/.bin/wasm-opt" "$@"; }

setup_binaryen() { install_once "binaryen-$BINARYEN_VERSION" "some seconds the first time" install_binaryen; }

install_binaryen() {
  npm install --prefix "$1" --no-audit --no-fund --ignore-scripts --no-save "binaryen@$BINARYEN_VERSION"
}

# --- what browsers run ---------------------------------------------------------------------------

wasm_bindgen() { "$CACHE/wasm-bindgen-$WASM_BINDGEN_VERSION/bin/wasm-bindgen" "$@"; }

setup_wasm_bindgen() {
  install_once "wasm-bindgen-$WASM_BINDGEN_VERSION" "2 to 5 minutes the first time" install_wasm_bindgen
}

# Without the versions that its own lock names: they do not build together.
install_wasm_bindgen() {
  CARGO_TARGET_DIR="$1.build" cargo "+$RUST_VERSION" install --quiet \
    --version "$WASM_BINDGEN_VERSION" --root "$1" wasm-bindgen-cli
  rm -rf "$1.build"
}

# Not of the clients' locks: `npm ci` refuses one in which a platform's package is missing, and not
# every registry has them all.
setup_biome() { install_once "biome-$BIOME_VERSION" "some seconds the first time" install_biome; }

install_biome() {
  npm install --prefix "$1" --no-audit --no-fund --ignore-scripts --no-save "@biomejs/biome@$BIOME_VERSION"
}

biome_path() { printf '%s' "$CACHE/biome-$BIOME_VERSION/node_modules/.bin"; }

# The standard library for browsers is the one that rustup ships, with the instructions that
# contracts may not have.
setup_wasm_target() {
  wasm_target_present && return 0
  with_lock rustup run_logged "standard library for wasm32 (rustup)" "some seconds the first time" \
    rustup target add wasm32-unknown-unknown --toolchain "$RUST_VERSION"
}

wasm_target_present() {
  rustup target list --installed --toolchain "$RUST_VERSION" 2>/dev/null | grep -qx wasm32-unknown-unknown
}

# The system's browser; CHROMIUM names another one instead.
chromium_path() {
  if [[ -n "${CHROMIUM:-}" ]]; then
    printf '%s' "$CHROMIUM"
  else
    command -v chromium || command -v chromium-browser || command -v google-chrome
  fi
}

setup_chromium() {
  chromium_path >/dev/null && return 0
  have apt-get && [[ $EUID == 0 ]] || {
    say "chromium: comes from Debian's packages, and this cannot install them (apt-get install chromium)"
    return 1
  }
  with_lock chromium run_logged "Debian package chromium" "a minute or two the first time" \
    install_debian_packages chromium
}

# --- cosmwasm-check ----------------------------------------------------------------------------

cosmwasm_check() { "$CACHE/cosmwasm-check-$COSMWASM_CHECK_VERSION/bin/cosmwasm-check" "$@"; }

setup_cosmwasm_check() {
  install_once "cosmwasm-check-$COSMWASM_CHECK_VERSION" "4 to 8 minutes the first time" install_cosmwasm_check
}

install_cosmwasm_check() { install_crate cosmwasm-check "$COSMWASM_CHECK_VERSION" "$1"; }

# install_crate CRATE VERSION DIR: its programs to DIR/bin.
install_crate() {
  CARGO_TARGET_DIR="$3.build" cargo "+$RUST_VERSION" install --locked --quiet \
    --version "$2" --root "$3" "$1"
  rm -rf "$3.build"
}

# --- of the long run: installed when it asks for them ------------------------------------------

setup_cargo_deny() {
  install_once "cargo-deny-$CARGO_DENY_VERSION" "4 to 8 minutes the first time" \
    install_crate cargo-deny "$CARGO_DENY_VERSION"
}

cargo_deny() { "$CACHE/cargo-deny-$CARGO_DENY_VERSION/bin/cargo-deny" "$@"; }

setup_cargo_llvm_cov() {
  with_lock rustup rustup component add llvm-tools --toolchain "$RUST_VERSION" >&2 || return 1
  install_once "cargo-llvm-cov-$CARGO_LLVM_COV_VERSION" "a minute or two the first time" \
    install_crate cargo-llvm-cov "$CARGO_LLVM_COV_VERSION"
}

cargo_llvm_cov() { "$CACHE/cargo-llvm-cov-$CARGO_LLVM_COV_VERSION/bin/cargo-llvm-cov" llvm-cov "$@"; }

setup_cargo_mutants() {
  install_once "cargo-mutants-$CARGO_MUTANTS_VERSION" "2 to 5 minutes the first time" \
    install_crate cargo-mutants "$CARGO_MUTANTS_VERSION"
}

cargo_mutants() { "$CACHE/cargo-mutants-$CARGO_MUTANTS_VERSION/bin/cargo-mutants" mutants "$@"; }

setup_cargo_fuzz() {
  install_once "cargo-fuzz-$CARGO_FUZZ_VERSION" "a minute or two the first time" \
    install_crate cargo-fuzz "$CARGO_FUZZ_VERSION"
}

cargo_fuzz() { "$CACHE/cargo-fuzz-$CARGO_FUZZ_VERSION/bin/cargo-fuzz" "$@"; }

# --- a server that speaks S3 ---------------------------------------------------------------------

setup_moto() { install_once "moto-$MOTO_VERSION" "about a minute the first time" install_moto; }

# Its programs begin with the path of the interpreter, which a move would break: they are run by it.
install_moto() {
  python3 -m venv --copies "$1" && "$1/bin/python" -m pip install --quiet "moto[s3,server]==$MOTO_VERSION"
}

# with_moto COMMAND...: with VITALS_TEST_S3 naming a server on this machine that has the bucket
# `vitals`, and that ends with the command.
with_moto() {
  local home server port status=0
  home="$(mktemp -d)"
  port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
  AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test \
    "$CACHE/moto-$MOTO_VERSION/bin/python" -m moto.server -H 127.0.0.1 -p "$port" >"$home/log" 2>&1 &
  server=$!
  if wait_for_port "$port" && curl -fsS -X PUT "http://127.0.0.1:$port/vitals" >/dev/null; then
    VITALS_TEST_S3="http://127.0.0.1:$port" AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test \
      "$@" || status=$?
  else
    cat "$home/log" >&2
    status=1
  fi
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -rf "$home"
  return "$status"
}

wait_for_port() {
  local try
  for try in {1..100}; do
    curl -fs -o /dev/null "http://127.0.0.1:$1/" && return 0
    sleep 0.1
  done
  say "nothing listens on port $1 after $try tries"
  return 1
}

# Debian's MQTT broker and its clients, unpacked: no root, nothing installed. Whoever has them names
# in MOSQUITTO a directory with bin/ and lib/ instead.
MOSQUITTO_PACKAGES=(mosquitto mosquitto-clients libmosquitto1 libcjson1 libdlt2 libwrap0)

mosquitto_path() { printf '%s' "${MOSQUITTO:-$CACHE/mosquitto-debian}"; }

setup_mosquitto() {
  [[ -z "${MOSQUITTO:-}" ]] || return 0
  have apt-get && have dpkg-deb || {
    say "mosquitto: comes from Debian's packages, and this machine has no apt-get"
    return 1
  }
  install_once mosquitto-debian "some seconds the first time" install_mosquitto
}

install_mosquitto() {
  local package
  mkdir -p "$1/packages" "$1/bin" "$1/lib"
  (cd "$1/packages" && apt-get download -q "${MOSQUITTO_PACKAGES[@]}")
  for package in "$1"/packages/*.deb; do dpkg-deb -x "$package" "$1/packages/root"; done
  mv "$1"/packages/root/usr/{bin,sbin}/mosquitto* "$1/bin/"
  find "$1/packages/root" -name 'lib*.so*' -exec mv -t "$1/lib" {} +
  rm -rf "$1/packages"
  # Its help is no success to it.
  [[ "$(LD_LIBRARY_PATH="$1/lib" "$1/bin/mosquitto_pub" --help)" == *mosquitto_pub* ]]
}

# --- wasmd -------------------------------------------------------------------------------------

# wasmd_key: what the binary depends on: the pinned modules and the Go that compiles them.
wasmd_key() {
  local digest
  digest="$({ cat "$ROOT/chain/go.mod" "$ROOT/chain/go.sum"; go env GOVERSION GOOS GOARCH; } | sha256)"
  printf 'wasmd-%s' "${digest:0:16}"
}

# wasmd_path: the binary; WASMD names another one instead.
wasmd_path() { printf '%s' "${WASMD:-$CACHE/$(wasmd_key)/wasmd}"; }

setup_wasmd() {
  [[ -z "${WASMD:-}" ]] || return 0
  install_once "$(wasmd_key)" "5 to 8 minutes the first time" install_wasmd
}

# The library of wasmvm lies beside the binary, which looks for it there: a cleaned Go module cache
# does not break it.
install_wasmd() {
  local version="github.com/cosmos/cosmos-sdk/version" wasmvm
  mkdir -p "$1"
  (
    cd "$ROOT/chain"
    CGO_ENABLED=1 go build -trimpath -mod=readonly -tags netgo \
      -ldflags "-s -w -X $version.Name=wasm -X $version.AppName=wasmd \
        -X $version.Version=$(go list -m -f '{{.Version}}' "$WASMD_MODULE") \
        -extldflags '-Wl,-rpath,\$ORIGIN'" \
      -o "$1/wasmd" "$WASMD_MODULE/cmd/wasmd"
    wasmvm="$(go list -m -f '{{.Dir}}' github.com/CosmWasm/wasmvm/v3)"
    install -m 755 "$wasmvm/internal/api/libwasmvm.$(uname -m).so" "$1/"
  )
  "$1/wasmd" version
}

# peer_contract NAME: the path of a compiled contract that wasmd's module carries, to measure beside.
peer_contract() {
  local module file
  module="$(cd "$ROOT/chain" && go mod download -json "$WASMD_MODULE" | jq -r .Dir)"
  for file in "$module/benchmarks/testdata/$1.wasm" "$module/x/wasm/keeper/testdata/$1.wasm"; do
    [[ -f "$file" ]] || continue
    printf '%s\n' "$file"
    return 0
  done
  say "wasmd's module carries no $1.wasm"
  return 1
}

# --- putting things into the cache -------------------------------------------------------------

# install_once KEY HOW_LONG COMMAND...: runs `COMMAND... DIR` unless the cache has KEY; DIR becomes it.
install_once() {
  [[ -d "$CACHE/$1" ]] && return 0
  with_lock "$1" install_locked "$@"
}

install_locked() {
  local key="$1" how_long="$2" fresh="$CACHE/$1.partial"
  shift 2
  [[ -d "$CACHE/$key" ]] && return 0
  rm -rf "$fresh" "$fresh.build"
  run_logged "$key" "$how_long" strictly "$@" "$fresh" && mv "$fresh" "$CACHE/$key"
}

# strictly COMMAND...: in its own shell, so that `set -e` holds although the caller tests the result.
strictly() {
  # shellcheck disable=SC2016
  bash -c 'source "$0/common.sh"; source "$0/tools.sh"; source "$0/contracts.sh"; "$@"' "$ROOT/scripts/lib" "$@"
}
