import { fromBase64, fromUtf8 } from "@cosmjs/encoding";
import { expect, test } from "vitest";
import { funded } from "../src/funds.js";
import { deposit } from "../src/generated/claims-calls.js";

const call = deposit({ product: "3" });

test("coins go along with the message", () => {
  const coins = funded("wasm1claims", call, { amount: "5", denom: { native: "uvital" } });
  expect(coins).toEqual({ ...call, funds: [{ denom: "uvital", amount: "5" }] });
});

test("tokens are sent by their contract, with the message inside", () => {
  const { contract, msg, funds } = funded("wasm1claims", call, { amount: "5", denom: { cw20: "wasm1token" } });
  expect(contract).toEqual({ token: "wasm1token" });
  expect(funds).toBeUndefined();
  const { send } = msg as { send: { contract: string; amount: string; msg: string } };
  expect(send).toMatchObject({ contract: "wasm1claims", amount: "5" });
  expect(JSON.parse(fromUtf8(fromBase64(send.msg)))).toEqual({ deposit: { product: "3" } });
});

test("what costs nothing takes no money", () => {
  expect(funded("wasm1claims", call, { amount: "0", denom: { cw20: "wasm1token" } })).toBe(call);
});
