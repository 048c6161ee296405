import { calculateFee, GasPrice } from "@cosmjs/stargate";
import { expect, test } from "vitest";

import { loadNetwork, websocketOf } from "../src/network.js";
import { CONFIG } from "./config.js";

test("a configuration as vitals web serves it becomes a network", () => {
  const network = loadNetwork(CONFIG);
  expect(network.deployment.vitalsAnchor).toBe("wasm1anchor");
  expect(network.vaults).toEqual([{ name: "home", url: "http://127.0.0.1:8080" }]);
  expect(network.feeGranter).toBeUndefined();
  expect(network.local).toBe(true);
  expect(websocketOf({ node: "https://node.example/rpc" })).toBe("wss://node.example/rpc/websocket");
});

test.each(["0uvital", "0.000000000000000001uvital", "12345678901234567890.5uvital"])(
  "a price that is taken is one that a fee can be reckoned by: %s",
  (gas_price) => {
    const { gasPrice, denom } = loadNetwork({ ...CONFIG, gas_price });
    expect(calculateFee(200_000, GasPrice.fromString(gasPrice)).amount[0]?.denom).toBe(denom);
  },
);

test.each(["abc", `u${"a".repeat(127)}`, "ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2"])(
  "coins that the chain may have are taken, and a fee can be reckoned in them: %s",
  (denom) => {
    const { gasPrice } = loadNetwork({ ...CONFIG, denom, gas_price: `0.025${denom}` });
    expect(calculateFee(200_000, GasPrice.fromString(gasPrice)).amount[0]?.denom).toBe(denom);
  },
);

test("the account that pays fees is taken over", () => {
  expect(loadNetwork({ ...CONFIG, fee_granter: "wasm1clinic" }).feeGranter).toBe("wasm1clinic");
});

test.each([
  ["no object", [], "is not an object"],
  ["another version", { ...CONFIG, version: 2 }, "version is 2"],
  ["no chain", { ...CONFIG, chain_id: "" }, "chain_id"],
  ["another chain than the deployment's", { ...CONFIG, chain_id: "other-1" }, "other-1"],
  ["a node that is no URL", { ...CONFIG, node: "127.0.0.1:26657" }, "node is 127.0.0.1:26657"],
  ["a node with a query", { ...CONFIG, node: "http://a/?x=1" }, "no query"],
  ["another prefix than the addresses'", { ...CONFIG, prefix: "cosmos" }, "wasm1consent"],
  ["an upper-case address", { ...CONFIG, fee_granter: "WASM1CLINIC" }, "WASM1CLINIC"],
  ["a price in other coins", { ...CONFIG, gas_price: "1stake" }, "1stake"],
  ["a price without coins", { ...CONFIG, gas_price: "0.1" }, "gas_price is 0.1"],
  ["coins of two letters", { ...CONFIG, denom: "uv", gas_price: "0uv" }, "denom is uv"],
  ["coins of 129 characters", { ...CONFIG, denom: "u".repeat(129), gas_price: `0${"u".repeat(129)}` }, "denom is uuu"],
  ["a price of 19 decimal places", { ...CONFIG, gas_price: "0.0000000000000000001uvital" }, "gas_price is 0.0"],
  ["vaults of one name", { ...CONFIG, vaults: [CONFIG.vaults[0], CONFIG.vaults[0]] }, "home"],
  ["a short deployment id", { ...CONFIG, deployment: { ...CONFIG.deployment, deployment_id: "00" } }, "deployment_id"],
])("a configuration with %s is refused, with the field named", (_, config, said) => {
  expect(() => loadNetwork(config)).toThrow(
    expect.objectContaining({ code: "network/config", reason: expect.stringContaining(said) }),
  );
});
