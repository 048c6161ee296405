import { describe, expect, it } from "vitest";
import { MEASURES, type Measure } from "../../../data/measures";
import type { Readings } from "../../../data/readings";
import type { Assessment } from "../../../worker/care";
import type { Threshold } from "../../care/plan";
import { type ToJudge, vitals } from "./judge";
import { isSettled, overallOf } from "./summary";

const NOW = 10_000_000;
const readings = (of: Partial<Record<Measure, number>>, change: Partial<Readings> = {}): Readings => ({
  series: MEASURES.map((measure) => {
    const value = of[measure];
    const count = value === undefined ? 0 : 1;
    return {
      measure,
      times: new Float64Array(count).fill(NOW - 1_000),
      values: new Float64Array(count).fill(value ?? 0),
      flags: new Uint8Array(count),
      simulated: false,
    };
  }),
  failures: [],
  gaps: [],
  progress: undefined,
  cancel: () => undefined,
  retry: () => undefined,
  error: undefined,
  asOf: undefined,
  stale: false,
  away: false,
  awaited: [],
  ...change,
});
const PLAN = {};
const scored = (points: [string, number][], plan: object | undefined, atMs = NOW - 1_000) => ({
  assessment: { now: { points }, earlier: [], findings: [], readings: 1 } as unknown as Assessment,
  latest: { heart_rate: atMs, systolic_pressure: atMs },
  plan,
});
const judge = (change: Partial<ToJudge>): ToJudge => ({
  readings: readings({ heart_rate: 70 }),
  now: NOW,
  judgement: scored([["pulse", 0]], undefined),
  error: undefined,
  plan: { state: "none", data: undefined },
  ...change,
});
const said = (change: Partial<ToJudge>, seen: object = {}) => {
  const of = judge(change);
  return overallOf({ vitals: vitals(of), complete: "whole", stale: false, plan: of.plan.state, ...seen });
};
const kind = (change: Partial<ToJudge>, seen: object = {}) => said(change, seen)?.kind;
const word = (change: Partial<ToJudge>, measure: Measure = "heart_rate") =>
  vitals(judge(change)).find((vital) => vital.measure === measure)?.condition.word;

describe("a vital", () => {
  it("is judged by points of that very reading alone", () => {
    expect(word({})).toBe("usual");
    expect(word({ judgement: undefined })).toBe("judging");
    expect(word({ judgement: scored([["pulse", 0]], undefined, NOW - 60_000) })).toBe("judging");
  });

  it("is judged by points that were worked out with the plan in force alone", () => {
    expect(word({ plan: { state: "open", data: PLAN } })).toBe("judging");
    expect(word({ plan: { state: "open", data: PLAN }, judgement: scored([["pulse", 0]], PLAN) })).toBe("usual");
  });

  it("could not be compared where the score failed, or left it out", () => {
    expect(word({ judgement: undefined, error: new Error("worker") })).toBe("unjudged");
    expect(word({ judgement: scored([], undefined) })).toBe("unjudged");
  });

  it("of blood pressure is as its worse number by the plan", () => {
    const limit = { rule: 1, comparison: "at_least", value: 100, for_readings: 1, severity: "urgent", ladder: 1 };
    const data = { thresholds: [{ ...limit, measure: "diastolic_pressure" } as Threshold] };
    const of = {
      readings: readings({ systolic_pressure: 120, diastolic_pressure: 110 }),
      plan: { state: "open", data } as const,
      judgement: scored([["systolic_pressure", 0]], data),
    };
    expect(word(of, "systolic_pressure")).toBe("above");
    expect(said(of)).toMatchObject({ kind: "odd", level: "warning", odd: 1 });
  });

  it("is not good before a later reading that could not be opened", () => {
    const failures = [{ info: { measures: ["heart_rate"], last_at_ms: NOW }, error: new Error("vault") }];
    const later = { failures: failures as unknown as Readings["failures"] };
    expect(word({ readings: readings({ heart_rate: 70 }, later) })).toBe("newer");
  });
});

describe("the overview", () => {
  it("is good where all was read and judged", () => expect(said({})).toMatchObject({ kind: "good", count: 1 }));

  it("is not good before the readings were compared, nor where that failed", () => {
    expect(kind({ judgement: undefined, readings: readings({ heart_rate: 190 }) })).toBe("judging");
    expect(kind({ judgement: undefined, error: new Error("worker") })).toBe("unjudged");
  });

  it("is not good while something is to be opened, could not be, or was refused", () => {
    expect(kind({}, { complete: "opening" })).toBe("opening");
    expect(kind({}, { complete: "partial" })).toBe("unopened");
    expect(kind({}, { complete: "unread" })).toBe("unopened");
    expect(kind({}, { stale: true })).toBe("unopened");
    expect(kind({}, { complete: "opening", stale: true })).toBe("opening");
  });

  it("is not good without the plan in force", () => {
    for (const state of ["unopened", "failed"] as const)
      expect(kind({ plan: { state, data: undefined } })).toBe("plan");
    expect(kind({ plan: { state: "loading", data: undefined } })).toBe("judging");
  });

  it("tells what needs a look, also where not everything is known, and says that there may be more", () => {
    const danger = { judgement: scored([["pulse", 3]], undefined) };
    expect(said(danger)).toMatchObject({ kind: "odd", level: "danger", partly: false });
    expect(said(danger, { complete: "partial" })).toMatchObject({ kind: "odd", partly: true });
    expect(said({ ...danger, plan: { state: "failed", data: undefined } })).toMatchObject({ partly: true });
  });

  it("does not call good what no limit is set for", () => {
    expect(kind({ readings: readings({ glucose: 5 }) })).toBe("unlimited");
    const both = said({ readings: readings({ heart_rate: 70, glucose: 5 }) });
    expect(both).toMatchObject({ kind: "good", count: 1, rest: { unlimited: 1 } });
  });

  it("says that nothing was measured only of what was read whole", () => {
    const none = { readings: readings({}) };
    expect(kind(none)).toBe("none");
    for (const complete of ["opening", "partial", "unread"]) expect(kind(none, { complete })).toBeUndefined();
    expect(kind(none, { complete: "stale" })).toBe("stale");
  });

  it("says that nothing was measured in the last hour only of what was read whole", () => {
    const old = { now: NOW + 2 * 3_600_000 };
    expect(kind(old)).toBe("old");
    expect(kind(old, { complete: "partial" })).toBe("unopened");
  });

  it("says nothing of now without a connection, whatever was found", () => {
    expect(kind({ judgement: scored([["pulse", 3]], undefined) }, { complete: "stale", stale: true })).toBe("stale");
  });

  it("is settled but while something is opened or compared", () => {
    expect(isSettled({ kind: "opening" })).toBe(false);
    expect(isSettled({ kind: "judging" })).toBe(false);
    expect(isSettled({ kind: "unopened" })).toBe(true);
    expect(isSettled(undefined)).toBe(true);
  });
});
