# The long run of the properties over random sequences of messages: many seeds, one chunk a seed, each
# remembered, so that a run that was stopped goes on where it was.
# shellcheck shell=bash

SEQUENCES=10000
SEQUENCES_A_CHUNK=500

# Package, test target and module of each property over sequences.
sequence_properties() {
  printf '%s\n' \
    'consent messages sequences' \
    'care messages sequences' \
    'vitals-anchor messages model' \
    'claims messages sequences'
}

# tested_sources_digest: of what the properties hold for, code and tests.
tested_sources_digest() { rust_digest Cargo.lock contracts packages/core packages/api packages/testing; }

# rust_digest PATH...: of the Rust in them, and what it is built with.
rust_digest() {
  (
    cd "$ROOT"
    find "$@" \( -name '*.rs' -o -name 'Cargo.*' \) -type f | sort | xargs -d '\n' sha256sum | sha256
  )
}

# run_sequences: every chunk that is not remembered for these sources. Fails with the first chunk that
# fails, and names its seed.
run_sequences() {
  local done_in package target filter seed
  done_in="$CACHE/long/$(tested_sources_digest)"
  mkdir -p "$done_in"
  while read -r package target filter; do
    for ((seed = 1; seed <= SEQUENCES / SEQUENCES_A_CHUNK; seed++)); do
      [[ -e "$done_in/$package.$target.$seed" ]] && continue
      run_logged "$package $filter, seed $seed" "$SEQUENCES_A_CHUNK sequences" \
        sequence_chunk "$package" "$target" "$filter" "$seed" || return 1
      : >"$done_in/$package.$target.$seed"
    done
    say "$package: $SEQUENCES sequences passed"
  done < <(sequence_properties)
}

# sequence_chunk PACKAGE TARGET FILTER SEED: a filter that finds no test is a failure.
sequence_chunk() {
  local output
  output="$(PROPTEST_CASES="$SEQUENCES_A_CHUNK" PROPTEST_RNG_SEED="$4" \
    cargo test --manifest-path "$ROOT/Cargo.toml" --locked -p "$1" --test "$2" -- "$3" 2>&1)" || {
    printf '%s\n' "$output"
    return 1
  }
  printf '%s\n' "$output"
  grep -Eq '^test result: ok\. [1-9]' <<<"$output"
}

# sequences_report: of each property that ran on these sources how many sequences passed, as JSON.
sequences_report() {
  local package target filter chunks done_in
  done_in="$CACHE/long/$(tested_sources_digest)"
  while read -r package target filter; do
    chunks="$(find "$done_in" -name "$package.$target.*" 2>/dev/null | wc -l)"
    ((chunks == 0)) || jq -n --arg p "$package" --arg f "$filter" --argjson n "$((chunks * SEQUENCES_A_CHUNK))" \
      '{package: $p, property: $f, passed: $n}'
  done < <(sequence_properties) | jq -s .
}
