# How contracts become wasm: one compiler, one set of flags, the same bytes from any directory.
# shellcheck shell=bash

WASM_TARGET=wasm32-unknown-unknown
WASM_PROFILE=contract
WASM_CPU=mvp
WASM_STD=(-Z build-std=std)
# A panic ends the contract at once, without the standard library's code that says where: no contract
# panics by intent, and it is 6 % of their bytes.
WASM_PANIC=(-Zunstable-options -Cpanic=immediate-abort)
# A function inlined where it is called once would grow past the 100 locals that wasmvm allows.
WASM_OPT_FLAGS=(-Os --mvp-features --one-caller-inline-max-function-size=1000 --strip-debug --strip-producers)
# What a chain of wasmd 0.70 offers, as far as cosmwasm-check knows it.
WASM_CAPABILITIES=iterator,staking,stargate,cosmwasm_1_1,cosmwasm_1_2,cosmwasm_1_3,cosmwasm_1_4,cosmwasm_2_0,cosmwasm_2_1,cosmwasm_2_2
# wasmd stores no contract larger than this (x/wasm/types/validation.go, MaxWasmSize).
WASM_MAX_BYTES=$((800 * 1024))

# compile_contract PACKAGE TARGET_DIR: alone, so that no other package's dependencies switch on its
# `library` feature, which would leave out the entry points.
compile_contract() {
  env -u RUSTFLAGS -u RUSTC_WRAPPER -u RUSTC_WORKSPACE_WRAPPER \
    RUSTUP_TOOLCHAIN="$RUST_VERSION" RUSTC_BOOTSTRAP=1 \
    CARGO_ENCODED_RUSTFLAGS="$(rust_flags "$2")" CARGO_TARGET_DIR="$2" CARGO_INCREMENTAL=0 \
    cargo build --manifest-path "$ROOT/Cargo.toml" --locked --package "$1" --lib \
    --profile "$WASM_PROFILE" --target "$WASM_TARGET" "${WASM_STD[@]}"
}

# rust_flags TARGET_DIR: separated as CARGO_ENCODED_RUSTFLAGS wants them.
rust_flags() {
  local named flags=("-Ctarget-cpu=$WASM_CPU" "${WASM_PANIC[@]}")
  mapfile -t named < <(remap_flags "$1")
  local IFS=$'\x1f'
  printf '%s' "${flags[*]}" "${named[@]/#/$IFS}"
}

# remap_flags TARGET_DIR: one a line. No path of this machine stays in the output: each is given the
# same name everywhere. cargo names the directory of the crates after the registry's host, so they
# must be there before: see fetch_crates.
remap_flags() {
  local registry
  printf -- '--remap-path-prefix=%s\n' "$(rust_sysroot)/lib/rustlib/src/rust=/rust" "$ROOT=/cw-vitals" "$1=/target"
  for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
    printf -- '--remap-path-prefix=%s\n' "$registry=/crates"
  done
}

fetch_crates() { cargo fetch --manifest-path "$ROOT/Cargo.toml" --locked; }

# contract_target_dir: cargo's directory for contracts of this checkout.
contract_target_dir() {
  local digest
  digest="$(printf '%s' "$ROOT" | sha256)"
  printf '%s' "$CACHE/contracts-${digest:0:16}"
}

# build_wasm PACKAGE LIBRARY FILE: compiles, optimises, checks, and only then writes FILE.
build_wasm() {
  local target fresh="$3.partial"
  target="$(contract_target_dir)"
  compile_contract "$1" "$target"
  wasm_opt "${WASM_OPT_FLAGS[@]}" "$target/$WASM_TARGET/$WASM_PROFILE/$2.wasm" -o "$fresh"
  check_wasm "$fresh"
  mv "$fresh" "$3"
}

check_wasm() {
  local bytes
  bytes="$(stat -c %s "$1")"
  ((bytes <= WASM_MAX_BYTES)) || die "$1 has $bytes bytes; a chain takes at most $WASM_MAX_BYTES"
  cosmwasm_check --available-capabilities "$WASM_CAPABILITIES" "$1"
}

# build_contracts DIR: every contract to DIR/artifacts, the yardstick to DIR/testdata.
build_contracts() {
  local package directory library name
  mkdir -p "$1/artifacts" "$1/testdata"
  run_logged "crates" "some seconds the first time" fetch_crates
  while IFS=$'\t' read -r package directory library; do
    name="$(basename "$directory")"
    run_logged "contract $name" "under a minute; the first also compiles the standard library" \
      strictly build_wasm "$package" "$library" "$1/artifacts/${name//-/_}.wasm"
  done < <(contract_packages)
  run_logged "contract noop (yardstick)" "some seconds" \
    strictly build_wasm vitals-noop vitals_noop "$1/testdata/noop.wasm"
}

# --- checksums ---------------------------------------------------------------------------------

# sources_digest: of everything of ours that the artifacts are compiled from, by name and content;
# neither the directory nor git's state enters it.
sources_digest() {
  (
    cd "$ROOT"
    {
      printf '%s\n' Cargo.toml Cargo.lock
      find contracts/* packages/core packages/api packages/testing/noop \
        \( -path '*/src/*' -o -name Cargo.toml \) -type f
    } | sort -u | xargs -d '\n' sha256sum | sha256
  )
}

# toolchain_lines: what the artifacts are built with.
toolchain_lines() {
  printf 'compiler  %s, std from its source\n' "rustc $RUST_VERSION"
  printf 'flags     --profile %s --target %s -C target-cpu=%s %s\n' \
    "$WASM_PROFILE" "$WASM_TARGET" "$WASM_CPU" "${WASM_STD[*]}"
  printf 'binaryen  %s, wasm-opt %s\n' "$BINARYEN_VERSION" "${WASM_OPT_FLAGS[*]}"
}

# checksums DIR: the text of checksums.txt for the artifacts under DIR. Its last lines are for
# `sha256sum --check` run in artifacts/.
checksums() {
  toolchain_lines
  printf 'sources   %s\n\n' "$(sources_digest)"
  (cd "$1/artifacts" && sha256sum -- *.wasm ../testdata/noop.wasm)
}
