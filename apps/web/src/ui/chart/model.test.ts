import { expect, it } from "vitest";
import type { GatheredSeries } from "../../data/gather";
import type { Measure } from "../../data/measures";
import { bucketsModel, bucketsOf, readingsModel, summaryOf, usualView } from "./model";

const HOUR = 3_600_000;
const series = (measure: Measure, times: number[], values: number[]): GatheredSeries => ({
  measure,
  simulated: false,
  times: Float64Array.from(times),
  values: Float64Array.from(values),
  flags: new Uint8Array(times.length),
});
const doubled = (_: Measure, value: number) => value * 2;

it("readings are shown in the unit chosen, times in seconds", () => {
  const model = readingsModel([series("heart_rate", [0, 1000], [70, 71])], [], { from: 0, to: 2000 }, 800, doubled);
  expect(model.times).toEqual([0, 1]);
  expect(model.lines).toEqual([{ measure: "heart_rate", index: 0, kind: "line", values: [140, 142] }]);
});

it("an hour that could not be opened breaks the line", () => {
  const one = series("heart_rate", [0, 1000, 2000], [1, 2, 3]);
  const gap = { from: 1000, to: 2000, kind: "unopened" as const };
  const model = readingsModel([one], [gap], { from: 0, to: 3000 }, 800, doubled);
  expect(model.lines[0]?.values).toEqual([2, 4, null, 6]);
});

it("by hour there is a median within a band, and nothing where nothing was measured", () => {
  const one = series("heart_rate", [0, 1, 2, 2 * HOUR], [9, 1, 2, 7]);
  const buckets = bucketsOf([one], { from: 0, to: 3 * HOUR }, "hour", "UTC");
  const { lines } = bucketsModel(buckets, ["heart_rate"], { from: 0, to: 3 * HOUR }, doubled);
  expect(lines.map(({ kind, values }) => [kind, values])).toEqual([
    ["high", [18, null, 14]],
    ["low", [2, null, 14]],
    ["line", [4, null, 14]],
  ]);
});

it("a point that sums up knows its hour, cut to the window", () => {
  const window = { from: HOUR / 2, to: 2 * HOUR };
  const buckets = bucketsOf([series("heart_rate", [HOUR], [70])], window, "hour", "UTC");
  expect(bucketsModel(buckets, ["heart_rate"], window, doubled).periods).toEqual([
    { from: HOUR / 2, to: HOUR, whole: false },
    { from: HOUR, to: 2 * HOUR, whole: true },
  ]);
});

it("steps are added up and drawn as bars", () => {
  const one = series("steps", [0, 1], [100, 20]);
  const buckets = bucketsOf([one], { from: 0, to: HOUR }, "hour", "UTC");
  expect(bucketsModel(buckets, ["steps"], { from: 0, to: HOUR }, (_, value) => value).lines).toEqual([
    { measure: "steps", index: 0, kind: "bars", values: [120] },
  ]);
});

it("the summary has lowest, median, highest and last, and is none without readings", () => {
  expect(summaryOf(series("glucose", [1, 2, 3, 4], [5, 9, 4, 6]))).toMatchObject({
    count: 4,
    min: 4,
    median: 5.5,
    max: 9,
    last: 6,
  });
  expect(summaryOf(series("glucose", [], []))).toBeUndefined();
});

it("longer windows begin with coarser views", () => {
  const day = 24 * HOUR;
  expect([1, 2, 3, 21, 22].map((days) => usualView({ from: 0, to: days * day }))).toEqual([
    "readings",
    "readings",
    "hour",
    "hour",
    "day",
  ]);
});
