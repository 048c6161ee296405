import { describe, expect, it } from "vitest";
import type { MeasureSeries } from "../../../data/readings";
import type { Threshold } from "../../care/plan";
import { conditionOf, latestOf, sumSince, worseOf, worst } from "./condition";

const series = (values: number[], flags: number[] = values.map(() => 0)): MeasureSeries => ({
  measure: "heart_rate",
  values: Float64Array.from(values),
  times: Float64Array.from(values.map((_, i) => i * 1000)),
  flags: Uint8Array.from(flags),
  simulated: false,
});
const NOW = 10_000_000;
const at = (value: number, atMs = NOW - 1000) => ({ value, atMs, simulated: false });
const limit = (change: Partial<Threshold>): Threshold => ({
  rule: 1,
  measure: "heart_rate",
  comparison: "at_least",
  value: 1200,
  for_readings: 3,
  severity: "urgent",
  ladder: 1,
  ...change,
});
const by = (value: number) => ({ measure: "heart_rate", value });
const judged = (value: number, change: object = {}) =>
  conditionOf({
    measure: "heart_rate",
    latest: at(value),
    now: NOW,
    thresholds: [],
    points: 0,
    newer: false,
    ...change,
  });

describe("the latest reading", () => {
  it("is the last one that is not of poor quality", () => {
    expect(latestOf(series([70, 71, 180], [0, 2, 4]))).toEqual({ value: 71, atMs: 1000, simulated: false });
    expect(latestOf(series([70], [4]))).toBeUndefined();
    expect(latestOf(undefined)).toBeUndefined();
  });

  it("says that it is simulated", () => expect(latestOf(series([70], [1]))?.simulated).toBe(true));

  it("of a count is a sum since a time", () => {
    expect(sumSince(series([5, 6, 7]), 1000)).toBe(13);
    expect(sumSince(undefined, 0)).toBe(0);
  });
});

describe("how a vital stands", () => {
  it("is unknown without a reading, and once the last one is older than an hour", () => {
    expect(judged(70, { latest: undefined })).toEqual({ word: "none", level: "unknown" });
    expect(judged(70, { latest: at(70, NOW - 3_600_000) }).word).toBe("usual");
    expect(judged(180, { latest: at(180, NOW - 3_600_001), points: 3 })).toEqual({ word: "old", level: "unknown" });
  });

  it("follows the points of NEWS2", () => {
    expect([0, 1, 2, 3].map((points) => judged(70, { points }).level)).toEqual(["good", "watch", "warning", "danger"]);
  });

  it("is told by the plan’s own limit where that is reached", () => {
    expect(judged(120, { thresholds: [limit({})] })).toEqual({ word: "above", level: "warning", limit: by(120) });
    expect(judged(119.9, { thresholds: [limit({})] }).word).toBe("within_plan");
    expect(judged(50, { thresholds: [limit({ comparison: "at_most", value: 500, severity: "notice" })] })).toEqual({
      word: "below",
      level: "watch",
      limit: by(50),
    });
  });

  it("is told by the most severe limit of several, and never by another measure’s", () => {
    const both = [limit({}), limit({ value: 1300, severity: "emergency" }), limit({ measure: "steps", value: 1 })];
    expect(judged(135, { thresholds: both })).toEqual({ word: "above", level: "danger", limit: by(130) });
  });

  it("within the plan’s limits still says what NEWS2 says against it", () => {
    expect(judged(115, { thresholds: [limit({})], points: 2 }).word).toBe("marked");
  });

  it("of a measure without limits is only measured", () => {
    expect(judged(5, { measure: "glucose", points: undefined })).toEqual({ word: "measured", level: "note" });
  });

  it("is never good by a score that is not there yet, or cannot be", () => {
    expect(judged(190, { points: "judging" })).toEqual({ word: "judging", level: "waiting" });
    expect(judged(190, { points: "unjudged" })).toEqual({ word: "unjudged", level: "unknown" });
    expect(judged(70, { points: "judging", thresholds: [limit({})] }).word).toBe("judging");
  });

  it("is told by a limit that is reached, whether the score is there or not", () => {
    expect(judged(125, { points: "judging", thresholds: [limit({})] }).word).toBe("above");
  });

  it("is not good by a reading after which another was measured that is not opened", () => {
    expect(judged(70, { newer: true })).toEqual({ word: "newer", level: "unknown" });
    expect(judged(70, { newer: true, thresholds: [limit({})] }).word).toBe("newer");
    expect(judged(70, { newer: true, points: 3 }).word).toBe("severe");
  });

  it("of a sum says that it is at least so much where not all was read", () => {
    const steps = { measure: "steps", points: undefined };
    expect(judged(900, steps).word).toBe("counted");
    expect(judged(900, { ...steps, newer: true }).word).toBe("counted_part");
  });

  it("has no limits that are said to be none where the plan is not open", () => {
    const glucose = { measure: "glucose", points: undefined, thresholds: undefined };
    expect(judged(5, glucose)).toEqual({ word: "limits_unknown", level: "unknown" });
  });

  it("of two numbers is the worse", () => {
    const good = { word: "usual", level: "good" } as const;
    const above = { word: "above", level: "warning" } as const;
    expect(worseOf(good, above)).toBe(above);
    expect(worseOf(above, good)).toBe(above);
  });

  it("the worst of several is what is worst for the person", () => {
    expect(worst(["good", "watch", "danger"])).toBe("danger");
    expect(worst(["good", "unknown"])).toBe("unknown");
    expect(worst([])).toBeUndefined();
  });
});
