import type { CallSeen } from "@cw-vitals/client";
import { expect, it } from "vitest";
import { evidenceIn, isSameWindow } from "./evidence";

const claim = (policy: string, contract: CallSeen["contract"] = "claims"): CallSeen => ({
  contract,
  sender: "wasm1c",
  msg: { claim: { policy, evidence: [{ proof: policy }] } },
});

it("finds what a transaction published for the policy", () => {
  expect(evidenceIn([claim("7"), claim("8")], "8")).toEqual([{ proof: "8" }]);
});

it("takes nothing of another contract, another message, or where two cannot be told apart", () => {
  expect(evidenceIn([claim("8", "care")], "8")).toBeUndefined();
  expect(
    evidenceIn([{ contract: "claims", sender: "s", msg: { claim_reward: { policy: "8" } } }], "8"),
  ).toBeUndefined();
  expect(evidenceIn([claim("8"), claim("8")], "8")).toBeUndefined();
});

it("holds the verified time against the one that was paid for", () => {
  const judged = { readings: [], failures: [], unmet: null, window: { from_ms: 1, to_ms: 2 } };
  expect(isSameWindow(judged, { from_ms: 1, to_ms: 2 })).toBe(true);
  expect(isSameWindow(judged, { from_ms: 1, to_ms: 3 })).toBe(false);
  expect(isSameWindow({ ...judged, window: null }, { from_ms: 1, to_ms: 2 })).toBe(false);
});
