import type * as claims from "@cw-vitals/client/claims";
import { describe, expect, it } from "vitest";
import { can } from "../../../data/policy-acts";
import { benefit, evidenceKind, isLive, nextTurn, premium, servedWithin } from "./terms";

const terms = (change: Partial<claims.TermsMsg>): claims.TermsMsg => ({
  benefit: { fixed: { amount: "50000" } },
  premium: { once: { amount: "6000" } },
  minimum_charge: "1000",
  term_s: 31_536_000,
  waiting_s: 0,
  file_within_s: 1,
  evidence: { private: {} },
  terms_digest: "",
  ...change,
});

describe("terms in numbers", () => {
  it("a premium is paid once or by instalments", () => {
    expect(premium(terms({}))).toEqual({ first: "6000" });
    const monthly = terms({ premium: { instalments: { amount: "500", every_s: 2_592_000, grace_s: 1 } } });
    expect(premium(monthly)).toEqual({ first: "500", everyS: 2_592_000, graceS: 1 });
  });

  it("a benefit says how often it is paid", () => {
    expect(benefit(terms({}))).toMatchObject({ kind: "fixed", most: 1 });
    const days = terms({ benefit: { per_day: { amount: "5", max_days: 30 } } });
    expect(benefit(days)).toEqual({ kind: "per_day", amount: "5", most: 30 });
    expect(evidenceKind(days)).toBe("private");
  });
});

describe("what can be done with a policy", () => {
  it("claims wait while an instalment is due", () => {
    expect(can("claim", { state: "grace", next_due: 1, claims_open: 0 })).toBe(false);
    expect(can("claim", { state: "run_off", next_due: null, claims_open: 0 })).toBe(true);
    expect(can("pay", { state: "active", next_due: null, claims_open: 0 })).toBe(false);
    expect(can("pay", { state: "grace", next_due: 1, claims_open: 0 })).toBe(true);
  });

  it("it is ended once its time is over and no claim is open", () => {
    expect(can("expire", { state: "elapsed", next_due: null, claims_open: 0 })).toBe(true);
    expect(can("expire", { state: "elapsed", next_due: null, claims_open: 1 })).toBe(false);
    expect(can("expire", { state: "run_off", next_due: null, claims_open: 0 })).toBe(false);
  });

  it("an offer, a policy that is over and one that is exhausted stand in no other’s way", () => {
    const others = ["offered", "elapsed", "expired", "exhausted", "withdrawn"] as const satisfies claims.PolicyState[];
    expect(others.filter((state) => isLive({ state }))).toEqual([]);
    expect(isLive({ state: "run_off" })).toBe(true);
  });
});

describe("care that a policy can pay for", () => {
  const policy = { covered_from: 150, covered_until: 400 };
  const days = { startMs: 0, endMs: 300_000 };

  it("begins with the cover on the day the policy was taken out, and is over by now", () => {
    expect(servedWithin(days, policy, 1_000_000)).toEqual({ from: 150, until: 300 });
    expect(servedWithin(days, policy, 200_900)).toEqual({ from: 150, until: 200 });
    expect(servedWithin({ startMs: 200_000, endMs: 600_000 }, policy, 1_000_000)).toEqual({ from: 200, until: 400 });
  });

  it("is none before the cover, after it, or where it has only begun", () => {
    expect(servedWithin({ startMs: 0, endMs: 150_000 }, policy, 1_000_000)).toBeUndefined();
    expect(servedWithin({ startMs: 400_000, endMs: 500_000 }, policy, 1_000_000)).toBeUndefined();
    expect(servedWithin(days, policy, 150_900)).toBeUndefined();
  });
});

describe("the next turn of a policy", () => {
  const policy = { covered_from: 100, covered_until: 200, file_until: 300, next_due: null, offered_until: null };

  it("is the first time ahead, of all policies", () => {
    expect(nextTurn([policy], 50_000)).toBe(100_000);
    expect(nextTurn([policy, { ...policy, next_due: 150 }], 120_000)).toBe(150_000);
  });

  it("is also the end of an instalment’s grace", () => {
    expect(nextTurn([{ ...policy, next_due: 110, graceS: 20 }], 119_000)).toBe(110_000);
    expect(nextTurn([{ ...policy, next_due: 110, graceS: 20 }], 121_000)).toBe(130_000);
  });

  it("may be some seconds ago, since the chain’s clock is its newest block", () => {
    expect(nextTurn([policy], 105_000)).toBe(100_000);
    expect(nextTurn([policy], 110_000)).toBe(200_000);
  });

  it("is none once everything is over", () => {
    expect(nextTurn([policy], 400_000)).toBeUndefined();
    expect(nextTurn([], 0)).toBeUndefined();
  });
});
