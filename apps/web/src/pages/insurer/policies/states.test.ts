import { expect, it } from "vitest";
import { isCancellable } from "../../../data/policy-acts";
import { anybodyMay, CLAIM_STATES, levelOfClaim, levelOfPolicy, POLICY_STATES } from "./states";

it("every state has a level", () => {
  expect(POLICY_STATES.map(levelOfPolicy).every(Boolean)).toBe(true);
  expect(CLAIM_STATES.map(levelOfClaim).every(Boolean)).toBe(true);
});

it("what time has brought anybody may do, and nothing else", () => {
  expect(POLICY_STATES.filter((state) => anybodyMay(state, 0))).toEqual(["offer_over", "overdue", "elapsed"]);
  expect(anybodyMay("elapsed", 1)).toBeUndefined();
});

it("only cover that runs or is to come is cancelled", () => {
  expect(POLICY_STATES.filter(isCancellable)).toEqual(["bound", "active", "grace"]);
});
