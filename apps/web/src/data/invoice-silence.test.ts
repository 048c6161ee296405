import { describe, expect, it } from "vitest";
import { silenceMeans } from "./invoice-silence";

const TO_ARBITER = { silence: "to_arbiter" } as const;
const APPROVES = { silence: "approves" } as const;
const verdict = (award: string) => ({ assessed: { award, at: 1, by: "wasm1assessor" } });
const appealed = { appealed: { at: 2 } };

describe("silence about a bill", () => {
  it("of the assessor is what the terms say", () => {
    expect(silenceMeans({ claimed: "9" }, APPROVES)).toEqual({ meaning: "approved", amount: "9" });
    expect(silenceMeans({ claimed: "9" }, TO_ARBITER)).toEqual({ meaning: "to_arbiter", amount: "0" });
  });

  it("of the claimant lets the decision stand, whatever the terms say of the assessor", () => {
    for (const terms of [APPROVES, TO_ARBITER]) {
      expect(silenceMeans({ claimed: "9", ...verdict("4") }, terms)).toEqual({ meaning: "award_stands", amount: "4" });
      expect(silenceMeans({ claimed: "9", ...verdict("0") }, terms)).toEqual({
        meaning: "refusal_stands",
        amount: "0",
      });
    }
  });

  it("of the arbiter lets the last decision stand, and where there is none pays in full", () => {
    expect(silenceMeans({ claimed: "9", ...verdict("0"), ...appealed }, TO_ARBITER)).toEqual({
      meaning: "arbiter_award",
      amount: "0",
    });
    expect(silenceMeans({ claimed: "9", ...appealed }, TO_ARBITER)).toEqual({
      meaning: "arbiter_approved",
      amount: "9",
    });
  });
});
