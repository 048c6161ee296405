/** `config.json` of a network that is not there. */
export const CONFIG = {
  version: 1,
  chain_id: "vitals-local-1",
  node: "http://127.0.0.1:26657",
  prefix: "wasm",
  denom: "uvital",
  gas_price: "0uvital",
  deployment: {
    chain_id: "vitals-local-1",
    consent: "wasm1consent",
    device_registry: "wasm1registry",
    vitals_anchor: "wasm1anchor",
    care: "wasm1care",
    claims: "wasm1claims",
    deployment_id: "ab".repeat(32),
  },
  vaults: [{ name: "home", url: "http://127.0.0.1:8080/" }],
  local: true,
};

/** Twelve words that anybody knows. */
export const WORDS = `${"abandon ".repeat(11)}about`;
