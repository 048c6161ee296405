/** What is drawn, from readings: no DOM, no library. */
import { aggregate, type Bucket } from "../../data/aggregate";
import { type Drawn, drawing } from "../../data/decimate";
import { type Gap, mergeGaps, silences } from "../../data/gaps";
import type { GatheredSeries } from "../../data/gather";
import { MEASURE, type Measure } from "../../data/measures";
import type { View } from "./types";

export interface Line {
  measure: Measure;
  /** Place among the measures: chooses colour and dash. */
  index: number;
  /** `low` and `high` are the edges of the band around a median. */
  kind: "line" | "bars" | "low" | "high";
  /** In the unit shown. */
  values: Drawn;
}

/** What a point stands for that sums up: an hour or a day, as far as it is within the window. */
export interface PointPeriod {
  from: number;
  to: number;
  /** It is all of that hour or day. */
  whole: boolean;
}

export interface PlotModel {
  /** Seconds, as uPlot has them. */
  times: number[];
  lines: Line[];
  /** Of each time; absent where points are readings. */
  periods?: PointPeriod[];
}

/** What the cursor is on: time in ms, and of each line the value shown. */
export interface Point {
  at: number;
  lines: { line: Line; value: number }[];
  period?: PointPeriod;
}

export interface Window {
  from: number;
  to: number;
}

type Show = (measure: Measure, value: number) => number;

/** Readings as they are, thinned to what the width can show. */
export function readingsModel(
  series: readonly GatheredSeries[],
  unopened: readonly Gap[],
  window: Window,
  columns: number,
  show: Show,
): PlotModel {
  const all = series.map((one) => ({ series: one, gaps: mergeGaps([...silences(one), ...unopened]) }));
  const { times, values } = drawing(all, window, columns);
  const lines = series.map(
    ({ measure }, index): Line => ({
      measure,
      index,
      kind: MEASURE[measure].counted ? "bars" : "line",
      values: (values[index] as Drawn).map((value) => (value == null ? value : show(measure, value))),
    }),
  );
  return { times: times.map((ms) => ms / 1000), lines };
}

/** By hour or day: the median in a band from the lowest to the highest; of what is counted, the sum. */
export function bucketsModel(
  buckets: readonly (readonly Bucket[])[],
  measures: readonly Measure[],
  window: Window,
  show: Show,
): PlotModel {
  const times = (buckets[0] ?? []).map(({ from, to }) => (from + to) / 2000);
  const lines = measures.flatMap((measure, index): Line[] => {
    const column = (of: "min" | "median" | "max" | "sum"): Drawn =>
      (buckets[index] ?? []).map((bucket) => (bucket[of] === undefined ? null : show(measure, bucket[of])));
    if (MEASURE[measure].counted) return [{ measure, index, kind: "bars", values: column("sum") }];
    return [
      { measure, index, kind: "high", values: column("max") },
      { measure, index, kind: "low", values: column("min") },
      { measure, index, kind: "line", values: column("median") },
    ];
  });
  return { times, lines, periods: (buckets[0] ?? []).map((bucket) => periodOf(bucket, window)) };
}

function periodOf({ from, to }: Bucket, window: Window): PointPeriod {
  const within = { from: Math.max(from, window.from), to: Math.min(to, window.to) };
  return { ...within, whole: within.from === from && within.to === to };
}

export function bucketsOf(
  series: readonly GatheredSeries[],
  window: Window,
  period: "hour" | "day",
  zone: string,
): Bucket[][] {
  return series.map((one) => aggregate(one, window, period, zone));
}

export interface Summary {
  measure: Measure;
  count: number;
  from: number;
  to: number;
  min: number;
  median: number;
  max: number;
  sum: number;
  last: number;
}

/** One series in numbers; `undefined` where it has no readings. */
export function summaryOf({ measure, times, values }: GatheredSeries): Summary | undefined {
  const count = times.length;
  if (count === 0) return undefined;
  const sorted = values.slice().sort();
  const middle = count >> 1;
  const upper = sorted[middle] as number;
  return {
    measure,
    count,
    from: times[0] as number,
    to: times[count - 1] as number,
    min: sorted[0] as number,
    median: count % 2 ? upper : ((sorted[middle - 1] as number) + upper) / 2,
    max: sorted[count - 1] as number,
    sum: values.reduce((sum, value) => sum + value, 0),
    last: values[count - 1] as number,
  };
}

const DAY_MS = 86_400_000;

/** Up to two days by reading, up to three weeks by hour, else by day. */
export function usualView({ from, to }: Window): View {
  const days = (to - from) / DAY_MS;
  if (days <= 2) return "readings";
  return days <= 21 ? "hour" : "day";
}
