/** Readings summed up by hour and by day, for charts and tables. */
import { type Period, periodEdges } from "./time-zone";

/** Readings of one measure in order of time. */
export interface Series {
  /** Unix time, ms. */
  times: Float64Array;
  /** In the unit of the measure in packages/core. */
  values: Float64Array;
}

/** One local hour or day. Without readings there is a count of 0 and no numbers: missing is never normal. */
export interface Bucket {
  from: number;
  to: number;
  count: number;
  min?: number;
  median?: number;
  max?: number;
  sum?: number;
}

export function aggregate(
  series: Series,
  window: { from: number; to: number },
  period: Period,
  timeZone: string,
): Bucket[] {
  const edges = periodEdges(window.from, window.to, period, timeZone);
  let at = lowerBound(series.times, window.from);
  const buckets: Bucket[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const from = edges[i] as number;
    const to = edges[i + 1] as number;
    const end = lowerBound(series.times, Math.min(to, window.to), at);
    buckets.push({ from, to, ...summary(series.values.slice(at, end)) });
    at = end;
  }
  return buckets;
}

/** Sorts its argument, which is a copy. */
function summary(values: Float64Array): Omit<Bucket, "from" | "to"> {
  const count = values.length;
  if (count === 0) return { count };
  values.sort();
  const middle = count >> 1;
  const upper = values[middle] as number;
  const median = count % 2 ? upper : ((values[middle - 1] as number) + upper) / 2;
  return {
    count,
    min: values[0] as number,
    median,
    max: values[count - 1] as number,
    sum: values.reduce((sum, value) => sum + value, 0),
  };
}

/** Index of the first time that is not before `at`; binary search in a sorted array. */
export function lowerBound(times: Float64Array, at: number, start = 0): number {
  let low = start;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
