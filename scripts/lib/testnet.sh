# Several validators that form one chain, each a node under DIR/nodes/nodeN, laid out as the node of a
# chain of one: wasmd/, node.pid, node.log. What is not particular to several is in scripts/chain.
# shellcheck shell=bash

# init_testnet DIR ACCOUNTS N: made beside its place and moved there complete.
init_testnet() {
  local fresh="$1/nodes.partial" accounts="$1/accounts.json" first home
  first="$fresh/node0/wasmd"
  rm -rf "$fresh"
  wasmd testnet init-files --v "$3" --single-host --chain-id "$CHAIN_ID" --keyring-backend test \
    --starting-ip-address 127.0.0.1 --output-dir "$fresh" --home "$first" >/dev/null 2>&1
  new_accounts "$first" "$2" >"$accounts.partial"
  fund_accounts "$first" "$accounts.partial"
  for home in "$fresh"/node*/wasmd; do
    [[ "$home" == "$first" ]] || cp "$first/config/genesis.json" "$home/config/"
    # the command that makes several writes no section for wasm
    grep -q '^\[wasm\]' "$home/config/app.toml" ||
      printf '\n[wasm]\nquery_gas_limit = 0\n' >>"$home/config/app.toml"
    configure "$home/config"
    toml_set "$home/config/config.toml" p2p allow_duplicate_ip true
  done
  mv "$accounts.partial" "$accounts"
  mv "$fresh" "$1/nodes"
}

# start_testnet DIR BLOCKTIME ACCOUNTS N
start_testnet() {
  local node
  for node in "$1"/nodes/node*; do
    node_pid "$node" >/dev/null && die "a node already runs in $node"
  done
  if [[ ! -d "$1/nodes" ]]; then
    say "chain: first state of $CHAIN_ID, $4 validators, in $1 (some seconds)"
    init_testnet "$1" "$3" "$4"
  fi
  with_lock chain-ports launch_testnet "$1" "$2"
}

# launch_testnet DIR BLOCKTIME: run by one start at a time, until the nodes hold their ports.
launch_testnet() {
  local attempt
  trap 'stop_all "$1"; exit 130' INT TERM
  for attempt in 1 2 3; do
    if run_testnet "$1" "$2"; then
      jq '.[0]' "$1/nodes.json" >"$1/node.json.partial"
      mv "$1/node.json.partial" "$1/node.json"
      return 0
    fi
    stop_all "$1"
    grep -q 'address already in use' "$1"/nodes/node*/node.log || break
    say "chain: a port was taken meanwhile; attempt $((attempt + 1))"
  done
  say "chain: no block; the end of $1/nodes/node0/node.log:"
  tail -n 15 "$1/nodes/node0/node.log" | sed 's/^/    /' >&2
  return 1
}

# run_testnet DIR BLOCKTIME: starts each node and waits for its first block; writes DIR/nodes.json.
run_testnet() {
  local nodes=("$1"/nodes/node*) ports peers i
  mapfile -t ports < <(free_ports $((4 * ${#nodes[@]})))
  peers="$(testnet_peers "${ports[@]}" -- "${nodes[@]}")"
  for i in "${!nodes[@]}"; do
    configure_start "${nodes[i]}/wasmd/config" "$2" "${ports[@]:4*i:4}"
    toml_set "${nodes[i]}/wasmd/config/config.toml" p2p persistent_peers "\"$peers\""
    run_node "${nodes[i]}"
  done
  for i in "${!nodes[@]}"; do
    first_block "$(<"${nodes[i]}/node.pid")" "${ports[4*i]}" "${ports[4*i+3]}" || return 1
    node_json "${nodes[i]}" "$(<"${nodes[i]}/node.pid")" "${ports[@]:4*i:4}"
  done | jq -s . >"$1/nodes.json.partial"
  mv "$1/nodes.json.partial" "$1/nodes.json"
}

# testnet_peers PORT... -- NODE...: four ports a node; who is where, as persistent_peers wants it.
testnet_peers() {
  local ports=() i=0 node
  while [[ "$1" != -- ]]; do
    ports+=("$1")
    shift
  done
  shift
  for node; do
    printf '%s@127.0.0.1:%s\n' "$(wasmd comet show-node-id --home "$node/wasmd" 2>/dev/null)" "${ports[4*i+1]}"
    i=$((i + 1))
  done | paste -sd,
}

# stop_all DIR: the node of a chain of one, or each of several.
stop_all() {
  local node
  for node in "$1" "$1"/nodes/node*; do
    stop_node "$node"
  done
}

# agree DIR: the latest block that all have. The hash in it is of the state after the block before, and a
# node stores no block whose hash is not that of its own state.
agree() {
  local rpc height=0 at answers
  [[ -f "$1/nodes.json" ]] || die "$1 has no chain of several nodes"
  for rpc in $(jq -r '.[].rpc' "$1/nodes.json"); do
    at="$(curl -sf "$rpc/status" | jq -r .result.sync_info.latest_block_height)" || die "$rpc does not answer"
    ((height > 0 && height <= at)) || height="$at"
  done
  answers="$(for rpc in $(jq -r '.[].rpc' "$1/nodes.json"); do
    curl -sf "$rpc/block?height=$height" | jq -r '.result.block.header | "\(.height) \(.app_hash)"'
  done)"
  [[ "$(wc -l <<<"$answers")" == "$(jq length "$1/nodes.json")" ]] || die "not every node has block $height"
  [[ "$(sort -u <<<"$answers" | wc -l)" == 1 ]] || die "the nodes differ at height $height: ${answers//$'\n'/; }"
  printf '%s\n' "${answers%%$'\n'*}"
}
