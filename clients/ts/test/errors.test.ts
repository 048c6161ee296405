import { expect, test } from "vitest";

import { coded, contractError, isVitalsError, VitalsError } from "../src/errors.js";
import { nodeError } from "../src/node.js";

const TEXT = "consent/grant_expired: grant 7 ended at 1200";
const EXPIRED = { code: "consent/grant_expired", reason: "grant 7 ended at 1200" };

// The wrappings are those that wasmd 0.70.3 was seen to use, as in packages/chain-client/src/error_tests.rs.
test.each([
  `failed to execute message; message index: 0: ${TEXT}: execute wasm contract failed`,
  `failed to execute message; message index: 12: dispatch: dispatch: ${TEXT}: execute wasm contract failed`,
  `failed to execute message; message index: 0: dispatch: reply: ${TEXT}: execute wasm contract failed`,
  `Query failed with (6): rpc error: code = Unknown desc = failed to execute message; message index: 0: ${TEXT}: execute wasm contract failed [CosmWasm/wasmd@v0.70.3/x/wasm/keeper/keeper.go:452] with gas used: '97206': unknown request`,
  `Query failed with (6): ${TEXT}: query wasm contract failed: unknown request`,
])("the contract's own error is cut out of %s", (log) => {
  expect(contractError(log)).toMatchObject(EXPIRED);
});

test("what one contract quotes of another is not taken for its own", () => {
  const log = "Generic error: Querier contract error: no: query wasm contract failed: query wasm contract failed";
  expect(contractError(log)).toMatchObject({ code: "contract/refused", reason: expect.stringContaining("Querier") });
});

test.each([
  "",
  "out of gas in location: WritePerByte: out of gas",
  "address wasm1x: no such contract: unknown request",
])("%s is no contract's error", (log) => {
  expect(contractError(log)).toBeUndefined();
});

test("an error says its code first, and what to do by its code or its family", () => {
  const own = new VitalsError("anchor/two_patients", "batches of 3 and 4");
  expect(own.message).toBe("anchor/two_patients: batches of 3 and 4");
  expect(own.advice).toBe("send one message for each patient");
  expect(new VitalsError("anchor/unheard_of", "x").advice).toMatch(/nothing was anchored/);
  expect(new VitalsError("nobody/knows", "x").advice).toBeUndefined();
  expect(isVitalsError(own, "anchor/two_patients")).toBe(true);
  expect(isVitalsError(own, "anchor/other")).toBe(false);
  expect(isVitalsError(new Error("anchor/two_patients: x"))).toBe(false);
});

test("a text that begins with a code is an error of that code, any other is none", () => {
  expect(coded("vault/digest: expected a")).toMatchObject({ code: "vault/digest", reason: "expected a" });
  expect(coded("no code: at all")).toBeUndefined();
});

test.each([
  [new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:1") }), "node/unreachable"],
  [new DOMException("timed out", "TimeoutError"), "node/unreachable"],
  [new Error("Bad status on response: 502"), "node/unreachable"],
  [new SyntaxError("Unexpected token <"), "node/unreachable"],
  [new Error("Account 'wasm1x' does not exist on chain. Send some tokens there"), "account/unknown"],
  [new Error("account sequence mismatch, expected 5, got 4: incorrect account sequence"), "tx/sequence"],
  [new Error("wasm1a does not allow to pay fees for wasm1b: not found"), "tx/fee"],
  [new Error("insufficient fees; got: 0uvital required: 5uvital"), "tx/fee"],
  [new Error(`Query failed with (6): ${TEXT}: query wasm contract failed`), "consent/grant_expired"],
  [new Error("Query failed with (22): rpc error: code = NotFound desc = no such contract"), "node/refused"],
])("%s becomes %s", (error, code) => {
  const found = nodeError("http://127.0.0.1:1", error);
  expect(found.code).toBe(code);
  expect(found.cause).toBe(error);
});
