# The core as wasm for browsers and Node: one build, the same for the client and the app.
# shellcheck shell=bash
# shellcheck source-path=SCRIPTDIR
source "$ROOT/scripts/lib/contracts.sh"

CORE_OUT="$ROOT/clients/ts/core"
# Fixed-width SIMD has been in every browser since 2023 (Safari 16.4 was the last); `sha2` has code
# for it.
CORE_RUSTFLAGS=(-Ctarget-feature=+simd128)
CORE_OPT_FLAGS=(-O3 --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int
  --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue
  --strip-producers)
# The core's own crates, which its bytes depend on beside Cargo.lock.
CORE_CRATES=(analysis api core core-wasm insurance keyring ledger reader vault-client)

# web_core: the module and its types to clients/ts/core, unless they are there for these sources.
web_core() {
  local key
  need_commands
  key="$(core_key)"
  if [[ "$(cat "$CORE_OUT/.key" 2>/dev/null)" == "$key" ]]; then
    say "core: clients/ts/core is of these sources"
    return 0
  fi
  setup_wasm_target && setup_binaryen && setup_wasm_bindgen || die "the core cannot be built without these tools"
  with_lock core-wasm run_logged "core (wasm)" "about 3 minutes the first time" strictly_web build_core "$key"
}

strictly_web() {
  # shellcheck disable=SC2016
  bash -c 'source "$0/common.sh"; source "$0/tools.sh"; source "$0/web.sh"; "$@"' "$ROOT/scripts/lib" "$@"
}

core_key() {
  (
    cd "$ROOT"
    {
      printf '%s\n' "$RUST_VERSION" "$BINARYEN_VERSION" "$WASM_BINDGEN_VERSION"
      {
        printf '%s\n' Cargo.toml Cargo.lock scripts/lib/web.sh
        find "${CORE_CRATES[@]/#/packages/}" \( -path '*/src/*' -o -name Cargo.toml \) -type f
      } | sort -u | xargs -d '\n' sha256sum
    } | sha256
  )
}

# build_core KEY: beside its place, then moved into it.
build_core() {
  local fresh target
  target="$(target_dir)"
  fresh="$CORE_OUT.partial"
  fetch_crates
  compile_core "$target"
  rm -rf "$fresh"
  wasm_bindgen --target web --out-dir "$fresh" --out-name core \
    "$target/wasm32-unknown-unknown/browser/vitals_core_wasm.wasm"
  wasm_opt "${CORE_OPT_FLAGS[@]}" "$fresh/core_bg.wasm" -o "$fresh/core_bg.wasm"
  no_machine_paths "$fresh/core_bg.wasm" "$target"
  printf '%s\n' "$1" >"$fresh/.key"
  rm -rf "$CORE_OUT"
  mv "$fresh" "$CORE_OUT"
}

# compile_core TARGET_DIR
compile_core() {
  local named IFS=$'\x1f'
  mapfile -t named < <(remap_flags "$1")
  env -u RUSTFLAGS RUSTUP_TOOLCHAIN="$RUST_VERSION" CARGO_ENCODED_RUSTFLAGS="${CORE_RUSTFLAGS[*]}$IFS${named[*]}" \
    cargo build --manifest-path "$ROOT/Cargo.toml" --locked --package vitals-core-wasm --lib \
    --profile browser --target wasm32-unknown-unknown
}

# no_machine_paths FILE TARGET_DIR: a path would tell who downloads the module where and by whom it was
# built, and make the bytes differ from machine to machine.
no_machine_paths() {
  local path
  for path in "$ROOT/packages" "${CARGO_HOME:-$HOME/.cargo}/registry" "$(rust_sysroot)/lib" "$2"; do
    ! grep -qaF -e "$path/" "$1" || die "$1 holds a path of this machine: $path"
  done
}
