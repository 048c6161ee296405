import type * as claims from "@cw-vitals/client/claims";
import { describe, expect, it } from "vitest";
import { can } from "../../../data/policy-acts";
import { benefit, evidenceKind, isLive, nextTurn, premium, typedAmount } from "./terms";

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
    expect(premium(monthly)).toEqual({ first: "500", everyS: 2_592_000 });
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
    expect(can("claim", { state: "grace", next_due: 1 })).toBe(false);
    expect(can("claim", { state: "run_off", next_due: null })).toBe(true);
    expect(can("pay", { state: "active", next_due: null })).toBe(false);
    expect(can("pay", { state: "grace", next_due: 1 })).toBe(true);
  });

  it("an offer, a policy that expired and one that is exhausted stand in no other’s way", () => {
    expect(
      ["offered", "expired", "exhausted", "withdrawn"].map((state) => isLive({ state: state as claims.PolicyState })),
    ).toEqual([false, false, false, false]);
    expect(isLive({ state: "run_off" })).toBe(true);
  });
});

describe("a typed amount", () => {
  it.each([
    ["1", "1000000"],
    ["0.05", "50000"],
    ["0,05", "50000"],
    ["12345678901.000001", "12345678901000001"],
  ])("%s VITAL is %s uvital", (typed, amount) => expect(typedAmount(typed, "uvital")).toBe(amount));

  it.each(["", "0", "-1", "1.0000001", "1e6", "x"])("%s is none", (typed) => {
    expect(typedAmount(typed, "uvital")).toBeUndefined();
  });

  it("of a token is in its smallest unit", () => {
    expect(typedAmount("12", "wasm1token")).toBe("12");
    expect(typedAmount("1.2", "wasm1token")).toBeUndefined();
  });
});

describe("the next turn of a policy", () => {
  const policy = { covered_from: 100, covered_until: 200, file_until: 300, next_due: null, offered_until: null };

  it("is the first time ahead, of all policies", () => {
    expect(nextTurn([policy], 50_000)).toBe(100_000);
    expect(nextTurn([policy, { ...policy, next_due: 150 }], 120_000)).toBe(150_000);
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
