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
  ["vaults of one name", { ...CONFIG, vaults: [CONFIG.vaults[0], CONFIG.vaults[0]] }, "home"],
  ["a short deployment id", { ...CONFIG, deployment: { ...CONFIG.deployment, deployment_id: "00" } }, "deployment_id"],
])("a configuration with %s is refused, with the field named", (_, config, said) => {
  expect(() => loadNetwork(config)).toThrow(
    expect.objectContaining({ code: "network/config", reason: expect.stringContaining(said) }),
  );
});
