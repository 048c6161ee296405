# Steps of the long run. What each found is kept under the cache by the digest of the sources it holds
# for, so that a run that was stopped goes on where it was, and one over the same sources has nothing to do.
# Wants common.sh, tools.sh and sequences.sh (tested_sources_digest).
# shellcheck shell=bash

# Lines of contracts and core that tests reach, in per cent.
LEAST_COVERED=95
# Who may do what, and what is signed by whom: files of which tests reach every line.
AUTHORISATION='(access(/.*)?|decision(/.*)?|consent/read(/.*)?|registry/read|signed|checks|key)\.rs$'
COVERED_PACKAGES=(vitals-core vitals-api consent device-registry vitals-anchor care claims)
CONTRACT_TESTS=consent,device-registry,vitals-anchor,care,claims
# Hundreds of random sequences take longer than all other tests together.
BUT_SEQUENCES='--test messages -- --skip sequences'

long_dir() { printf '%s/long/%s' "$CACHE" "$(tested_sources_digest)"; }

# long_report: what is known, as JSON; each result with the digest of the sources it holds for.
long_report() {
  local kept known=null
  kept="$(long_dir)"
  [[ ! -f "$ROOT/docs/long-run.json" ]] || known="$(<"$ROOT/docs/long-run.json")"
  jq -n --argjson known "$known" --arg sources "$(tested_sources_digest)" \
    --argjson sequences "$(sequences_report)" \
    --argjson coverage "$(covered_report "$kept/coverage.lcov")" \
    --argjson mutants "$(mutants_report)" --argjson killed "$(crash_report)" \
    --argjson four "$(four_report "$kept/four_validators")" -f "$ROOT/scripts/lib/long-run.jq"
}

# covered_report FILE: lines of contracts and core.
covered_report() {
  [[ -f "$1" ]] || {
    printf null
    return
  }
  coverage_lines "$1" | awk -F'\t' '$1 ~ /^(contracts|packages\/core)\// { covered += $2; all += $3 }
    END { printf "{\"covered\": %d, \"of\": %d}", covered, all }'
}

# mutants_report: of the parts that were gone through; `endless` are those that ran into the time limit.
mutants_report() {
  local part files tests first into
  while IFS=$'\t' read -r part files tests first; do
    into="$(mutants_dir "$part" "$tests")"
    [[ -f "$into/done" ]] || continue
    jq -n --arg part "$part" --arg sources "$(basename "$into")" \
      --argjson caught "$(mutants_caught "$into")" \
      --argjson endless "$(wc -l <"$into/mutants.out/timeout.txt")" \
      --argjson survived "$(wc -l <"$into/mutants.out/missed.txt")" \
      '{part: $part, caught: $caught, survived: $survived, endless: $endless, sources: $sources}'
  done < <(mutant_parts) | jq -s .
}

# mutants_caught INTO: how many of those that could be built. A run that goes on counts what earlier ones
# caught or could not build as one, so what could not be built is kept beside.
mutants_caught() {
  keep_unviable "$1"
  cat "$1"/mutants.out/{caught,previously_caught}.txt | sort -u | comm -23 - "$1/unviable" | wc -l
}

keep_unviable() {
  local all
  all="$({ cat "$1/unviable" "$1"/mutants.out{,.old}/unviable.txt 2>/dev/null || true; } | sort -u)"
  [[ -z "$all" ]] || printf '%s\n' "$all" >"$1/unviable"
  touch "$1/unviable"
}

# four_report FILE: the block and hash that all four had when the story was told.
four_report() {
  [[ -f "$1" ]] || {
    printf null
    return
  }
  jq -R 'split(" ") | {block: (.[0] | tonumber), hash: .[1]}' <"$1"
}

# --- dependencies ------------------------------------------------------------------------------

dependencies() {
  setup_cargo_deny || return 1
  cargo_deny --manifest-path "$ROOT/Cargo.toml" --config "$ROOT/deny.toml" --locked check licenses bans sources
}

# --- coverage ----------------------------------------------------------------------------------

# coverage: every file's lines to coverage.lcov; fails below LEAST_COVERED, and names each file of the
# authorisation code with a line that no test reaches.
coverage() {
  local into
  into="$(long_dir)/coverage.lcov"
  [[ -f "$into" ]] || measure_coverage "$into" || return 1
  coverage_holds "$into"
}

measure_coverage() {
  local package packages=()
  setup_cargo_llvm_cov || return 1
  for package in "${COVERED_PACKAGES[@]}"; do packages+=(-p "$package"); done
  mkdir -p "$(dirname "$1")"
  RUSTUP_TOOLCHAIN="$RUST_VERSION" CARGO_TARGET_DIR="$CACHE/coverage" \
    cargo_llvm_cov --manifest-path "$ROOT/Cargo.toml" --locked "${packages[@]}" \
    --ignore-filename-regex '(/tests/|/tests\.rs$|_tests\.rs$|packages/testing|/bin/)' \
    --lcov --output-path "$1.partial" || return 1
  mv "$1.partial" "$1"
}

# coverage_holds FILE
coverage_holds() {
  local lines short
  lines="$(coverage_lines "$1")"
  short="$(awk -F'\t' -v of="$AUTHORISATION" '$1 ~ of && $2 < $3 { print "  " $1 ": " $3 - $2 " of " $3 " lines" }' <<<"$lines")"
  awk -F'\t' -v least="$LEAST_COVERED" '
    $1 ~ /^(contracts|packages\/core)\// { covered += $2; all += $3 }
    END {
      printf "contracts and core: %d of %d lines, %.2f %%, wanted %d\n", covered, all, 100 * covered / all, least
      exit covered * 100 < all * least
    }' <<<"$lines" || { say "error: too few lines are covered"; return 1; }
  [[ -z "$short" ]] || {
    say "error: authorisation code that no test reaches:"
    say "$short"
    return 1
  }
}

# coverage_lines FILE: file, lines covered, lines, with tabs between. Lines are counted, not the summary of
# the tool's functions, in which a generic one that each instance reaches in part never is whole.
coverage_lines() {
  awk -F'[:,]' -v OFS='\t' -v root="$ROOT/" '
    $1 == "SF" { file = substr($0, 4); if (index(file, root) == 1) file = substr(file, length(root) + 1); covered = all = 0 }
    $1 == "DA" { all++; covered += $3 > 0 }
    $1 == "end_of_record" { print file, covered, all }' "$1"
}

# --- mutants -----------------------------------------------------------------------------------

# mutant_parts: name, the files whose decisions are changed, the packages whose tests must notice, and which
# of those tests are asked first: what they let pass is put to all.
mutant_parts() {
  local part
  printf '%s\t%s\t%s\t%s\n' decision 'packages/core/src/decision*' vitals-core,consent '--lib decision'
  printf '%s\t%s\t%s\t%s\n' decision-parts 'packages/core/src/decision/**' vitals-core,consent '--lib decision'
  printf '%s\t%s\t%s\t%s\n' keys packages/core/src/key.rs vitals-core --lib
  printf '%s\t%s\t%s\t%s\n' consent-read 'packages/api/src/consent/read*' "vitals-api,$CONTRACT_TESTS" --lib
  # money and evidence
  for part in book cover invoice limits policy prepare reward terms; do
    printf '%s\t%s\t%s\t%s\n' "insurance-$part" "packages/core/src/insurance/{$part.rs,$part/**}" vitals-core '--lib insurance'
  done
  printf '%s\t%s\t%s\t%s\n' rule 'packages/core/src/rule/**' vitals-core --lib
  printf '%s\t%s\t%s\t%s\n' proof packages/core/src/proof.rs vitals-core '--test tree'
  printf '%s\t%s\t%s\t%s\n' money 'contracts/claims/src/{account,funds,ledger,payout,policy}*' claims "$BUT_SEQUENCES"
  printf '%s\t%s\t%s\t%s\n' claiming 'contracts/claims/src/execute/**' claims "$BUT_SEQUENCES"
  for part in consent device-registry vitals-anchor care claims; do
    printf '%s\t%s\t%s\t%s\n' "$part" "contracts/$part/src/**/{access,checks,check,signed}.rs" "$part" "$BUT_SEQUENCES"
  done
}

# mutants [PART...]: of every part, or of these. A part that was stopped goes on without the mutants it
# had caught; one that docs/long-run.json tells of, on the sources as they are, is not gone through again.
# Fails where one survives that docs/testing.md does not name.
mutants() {
  local part files tests first wanted=" $* " unexplained=0
  setup_cargo_mutants || return 1
  while IFS=$'\t' read -r part files tests first; do
    [[ "$wanted" == '  ' || "$wanted" == *" $part "* ]] || continue
    mutants_known "$part" "$tests" && continue
    mutate "$part" "$files" "$tests" "$first" || return 1
    survivors_explained "$part" "$tests" || unexplained=1
  done < <(mutant_parts)
  ((unexplained == 0))
}

# mutant_sources TESTS: digest of what a part's result rests on, which is what its packages are made of
# and with; a change elsewhere leaves the result standing.
mutant_sources() {
  (
    cd "$ROOT"
    local package packages=() made_of
    for package in ${1//,/ }; do packages+=(-p "$package"); done
    made_of="$(cargo tree --locked "${packages[@]}" --all-features --edges all --prefix none | sed 's| (\*)$||' | sort -u)"
    {
      sed "s|$ROOT/||" <<<"$made_of"
      sed -n "s|.*($ROOT/\(.*\))\$|\1|p" <<<"$made_of" | sort -u |
        xargs -I{} find {} -name '*.rs' -type f | sort | xargs -d '\n' sha256sum
    } | sha256
  )
}

mutants_dir() { printf '%s/mutants/%s/%s' "$CACHE" "$1" "$(mutant_sources "$2")"; }

# mutants_known PART TESTS: whether the committed report has it for these sources, and none survived there
# that was not explained.
mutants_known() {
  jq -e --arg part "$1" --arg sources "$(mutant_sources "$2")" \
    'any(.mutants[]; .part == $part and .sources == $sources)' "$ROOT/docs/long-run.json" >/dev/null
}

# mutate PART FILES TESTS FIRST: twice, the second time only what the first tests let pass.
mutate() {
  local into tree
  into="$(mutants_dir "$1" "$3")"
  [[ -f "$into/done" ]] && return 0
  mkdir -p "$into"
  tree="$CACHE/mutants/tree-${3%%,*}"
  mutants_tree "$tree" || return 1
  # shellcheck disable=SC2086 # words of their own
  PROPTEST_CASES=32 mutate_once "$tree" "$into" "$2" "$3" $4 || return 1
  mutate_once "$tree" "$into" "$2" "$3" || return 1
  : >"$into/done"
}

# mutants_tree DIR: the sources as they were committed, where a mutant can be written over them and what
# the last one did not touch need not be built again.
mutants_tree() {
  git -C "$ROOT" diff --quiet HEAD -- contracts packages Cargo.toml Cargo.lock || {
    say "error: mutants are made of what is committed, and contracts, packages or Cargo.* are not"
    return 1
  }
  [[ -d "$1/.git" ]] || git clone --quiet "$ROOT" "$1" || return 1
  git -C "$1" fetch --quiet "$ROOT" HEAD && git -C "$1" reset --quiet --hard FETCH_HEAD
}

# mutate_once TREE INTO FILES TESTS [TEST-ARGUMENT...]: exit 2 of cargo-mutants is that some survived, 3 that
# some ran too long.
mutate_once() {
  local tree="$1" into="$2" files="$3" tests="$4" status=0
  shift 4
  keep_unviable "$into"
  (unset CARGO_TARGET_DIR && cd "$tree" && CARGO_PROFILE_DEV_DEBUG=false cargo_mutants --in-place --iterate --output "$into" \
    --file "$files" --test-package "$tests" --all-features --no-shuffle --colors never --minimum-test-timeout 60 \
    -- --locked "$@" </dev/null) || status=$?
  case "$status" in
    0 | 2 | 3) ;;
    *) return 1 ;;
  esac
}

# survivors_explained PART TESTS: docs/testing.md names a survivor as cargo-mutants does, without line and column.
survivors_explained() {
  local line explained=0 missed
  missed="$(mutants_dir "$1" "$2")/mutants.out/missed.txt"
  while read -r line; do
    line="$(sed -E 's/:[0-9]+:[0-9]+:/:/' <<<"$line")"
    grep -qF -- "$line" "$ROOT/docs/testing.md" 2>/dev/null || {
      say "error: survives and docs/testing.md does not say why: $line"
      explained=1
    }
  done <"$missed"
  return "$explained"
}

# --- four validators ---------------------------------------------------------------------------

# four_validators: the story on a chain of four, and that all four have the same state when it is told.
four_validators() (
  home="$(mktemp -d "${TMPDIR:-/tmp}/cw-vitals-four.XXXXXX")"
  trap 'end_four_validators "$home"' EXIT
  set -m
  setup_wasmd || exit 1
  build_programs || exit 1
  with_lock clients install_clients || exit 1
  WASMD="$(wasmd_path)" CW_VITALS_VALIDATORS=4 CW20_BASE_WASM="$(peer_contract cw20_base)" \
    NOOP_WASM="$ROOT/testdata/noop.wasm" "$(target_dir)/release/story" run --backend wasmd --keep \
    --wasmd "$(wasmd_path)" --artifacts "$ROOT/artifacts" --home "$home" </dev/null &
  printf '%s\n' "$!" >"$home/group"
  wait "$!" || exit 1
  [[ "$(jq length "$home/chain/nodes.json")" == 4 ]] || exit 1
  agreed="$("$ROOT/scripts/chain" agree --home "$home/chain")" || exit 1
  mkdir -p "$(long_dir)"
  printf '%s\n' "$agreed" >"$(long_dir)/four_validators"
  say "block and hash that all four validators have: $agreed"
)

# end_four_validators HOME: nodes and vault are in the story's process group.
end_four_validators() {
  local group tenth
  if [[ -f "$1/group" ]]; then
    group="$(<"$1/group")"
    kill -TERM -- "-$group" 2>/dev/null || true
    for ((tenth = 0; tenth < 50; tenth++)); do
      kill -0 -- "-$group" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL -- "-$group" 2>/dev/null || true
  fi
  rm -rf "$1"
}

install_clients() {
  local at
  for at in "$ROOT"/clients/{app-view,claimant}; do
    [[ "$at/node_modules/.package-lock.json" -nt "$at/package-lock.json" ]] ||
      npm ci --prefix "$at" --no-audit --no-fund || return 1
  done
}

# --- services ----------------------------------------------------------------------------------

vault_access() { "$ROOT/scripts/soak" matrix; }

canary() { "$ROOT/scripts/soak" canary; }

crash_at_endpoint() { crash "own endpoint"; }

crash_at_broker() { crash mosquitto --broker; }

# crash BETWEEN [FLAG]: another seed each time; the run says which. What it found is kept as one line of JSON.
crash() {
  local between="$1" said into
  said="$(mktemp)"
  into="$CACHE/long/crash"
  shift
  mkdir -p "$into"
  "$ROOT/scripts/soak" crash --kills 50 --seed "$RANDOM" "$@" | tee "$said" || {
    rm -f "$said"
    return 1
  }
  jq -Rsc --arg between "$between" --arg sources "$(services_digest)" '
    capture("seed (?<seed>[0-9]+), (?<kills>[0-9]+) kills")
    + capture("(?<measured>[0-9]+) readings measured, (?<acknowledged>[0-9]+) acknowledged, (?<batches>[0-9]+) batches")
    | map_values(tonumber) + {between: $between, sources: $sources}' <"$said" >"$into/${between// /-}.json" || return 1
  rm -f "$said"
}

# services_digest: of what `vitals` and its test are made of.
services_digest() { rust_digest Cargo.lock contracts packages; }

# crash_report: what kills found on the services as they are.
crash_report() {
  local digest
  digest="$(services_digest)"
  cat "$CACHE"/long/crash/*.json 2>/dev/null | jq -s --arg sources "$digest" 'map(select(.sources == $sources))'
}

agents_killed() { "$ROOT/scripts/soak" agents --kills 20 --seed "$RANDOM"; }
