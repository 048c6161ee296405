import type { AlertInfo } from "@cw-vitals/client/care";
import type { PolicyInfo } from "@cw-vitals/client/claims";
import type { EmergencyInfo } from "@cw-vitals/client/consent";
import { describe, expect, it } from "vitest";
import {
  isAlertSettled,
  isPolicySettled,
  keyOf,
  ofAlert,
  ofClaim,
  ofEmergency,
  ofOwed,
  ofPolicy,
  ofRecovery,
  reviewOf,
} from "./tasks";

const NOW = 1_000;

describe("an alert", () => {
  const alert = (change: Partial<AlertInfo>) =>
    ({ alert: "7", patient: "5", state: "open", escalates_at: NOW, ...change }) as AlertInfo;

  it("escalates from its time on, and not a second before", () => {
    expect(ofAlert(alert({}), NOW).map(keyOf)).toEqual(["escalate/7/5"]);
    expect(ofAlert(alert({ escalates_at: NOW + 1 }), NOW)).toEqual([]);
  });

  it("on its last tier or taken on is settled", () => {
    expect(ofAlert(alert({ escalates_at: null }), NOW)).toEqual([]);
    expect(isAlertSettled(alert({ escalates_at: null }))).toBe(true);
    expect(isAlertSettled(alert({ state: "acknowledged" }))).toBe(true);
    expect(isAlertSettled(alert({}))).toBe(false);
  });
});

describe("a policy", () => {
  const policy = (change: Partial<PolicyInfo>) => ({ policy: "3", claims_open: 0, ...change }) as PolicyInfo;

  it.each([
    ["offer_over", "withdraw_offer/3"],
    ["overdue", "lapse/3"],
    ["elapsed", "expire/3"],
  ] as const)("in state %s is due for %s", (state, key) => {
    expect(ofPolicy(policy({ state })).map(keyOf)).toEqual([key]);
  });

  it("does not expire while a claim is open", () => {
    expect(ofPolicy(policy({ state: "elapsed", claims_open: 1 }))).toEqual([]);
  });

  it("that is over is settled", () => {
    expect(isPolicySettled(policy({ state: "expired" }))).toBe(true);
    expect(isPolicySettled(policy({ state: "run_off" }))).toBe(false);
  });
});

it("a claim is settled once its deadline is over, by what the chain says", () => {
  const claim = {
    policy: "3",
    claim: 2,
    claimant: "c",
    filed_at: 1,
    paid: "0",
    evidence: { disclosed: { from_ms: 1, to_ms: 2 } },
  };
  expect(ofClaim({ ...claim, state: "overdue" }).map(keyOf)).toEqual(["settle/3/2"]);
  expect(ofClaim({ ...claim, state: "filed" })).toEqual([]);
});

describe("an emergency", () => {
  const emergency = (change: Partial<EmergencyInfo>) =>
    ({ emergency: "1", until: NOW, review_by: NOW + 10, ...change }) as EmergencyInfo;

  it("is ended by anybody once its time is over", () => {
    expect(ofEmergency("5", emergency({}), NOW)).toHaveLength(1);
    expect(ofEmergency("5", emergency({ until: NOW + 1 }), NOW)).toEqual([]);
    expect(ofEmergency("5", emergency({ ended_at: NOW - 5 }), NOW)).toEqual([]);
  });

  it("lacks a review once it is over, until it has one", () => {
    expect(reviewOf("5", emergency({ until: NOW + 1 }), NOW)).toEqual([]);
    expect(reviewOf("5", emergency({}), NOW)[0]?.overdue).toBe(false);
    expect(reviewOf("5", emergency({}), NOW + 10)[0]?.overdue).toBe(true);
    expect(reviewOf("5", emergency({ review: { at: 1, upheld: true } }), NOW)).toEqual([]);
  });
});

it("a recovery is completed once its delay is over, unless it was vetoed", () => {
  const of = (stage: Parameters<typeof ofRecovery>[1]["stage"]) =>
    ofRecovery("5", { needed: 1, votes: [], stage: stage ?? null }, NOW);
  expect(of({ waiting: { account: "a", ready_at: NOW } })).toHaveLength(1);
  expect(of({ overriding: { account: "a", ready_at: NOW } })).toHaveLength(1);
  expect(of({ waiting: { account: "a", ready_at: NOW + 1 } })).toEqual([]);
  expect(of({ vetoed: { at: 1 } })).toEqual([]);
  expect(of(null)).toEqual([]);
});

it("what nobody collected goes back after its time", () => {
  expect(ofOwed("1", "a", { amount: "5", reclaimable_from: NOW }, NOW)).toHaveLength(1);
  expect(ofOwed("1", "a", { amount: "5", reclaimable_from: NOW + 1 }, NOW)).toEqual([]);
  expect(ofOwed("1", "a", { amount: "0" }, NOW)).toEqual([]);
});
