/** Where nothing was measured. A line is drawn over no gap. */
import type { Series } from "./aggregate";

export interface Gap {
  from: number;
  to: number;
  /** `silence`: no reading for long; `unopened`: there is a batch, but it could not be opened or shown to be genuine. */
  kind: "silence" | "unopened";
}

/** Silence longer than this many usual intervals is a gap. */
const USUAL_INTERVALS = 5;
/** Less than this is never a gap, however fast the device measures. */
const SHORTEST_GAP_MS = 10_000;
/** What was measured in the last minutes may still be on its way: sealed in batches, stored, and written to a block. */
const ON_ITS_WAY_MS = 300_000;

/** The median step between readings (of two in the middle the smaller), from at most a thousand of them spread over the series. */
export function usualInterval(times: Float64Array): number | undefined {
  if (times.length < 2) return undefined;
  const stride = Math.max(1, Math.floor((times.length - 1) / 1000));
  const steps: number[] = [];
  for (let i = 1; i < times.length; i += stride) steps.push((times[i] as number) - (times[i - 1] as number));
  steps.sort((a, b) => a - b);
  return steps[(steps.length - 1) >> 1];
}

/** Gaps within a series: pairs of neighbours that are too far apart. */
export function silences(series: Series, longest = gapThreshold(series)): Gap[] {
  const gaps: Gap[] = [];
  const { times } = series;
  for (let i = 1; i < times.length; i++) {
    const from = times[i - 1] as number;
    const to = times[i] as number;
    if (to - from > longest) gaps.push({ from, to, kind: "silence" });
  }
  return gaps;
}

/** The longest step between two readings that a line may bridge. */
export function gapThreshold(series: Series): number {
  const usual = usualInterval(series.times);
  return usual === undefined ? 0 : Math.max(SHORTEST_GAP_MS, usual * USUAL_INTERVALS);
}

/**
 * All of a window, as far as it has passed, in which nothing of a series is shown: also before the first reading and after
 * the last, as of a device that stopped, and what could not be opened.
 */
export function gapsWithin(
  series: Series,
  window: { from: number; to: number },
  now: number,
  unopened: readonly Gap[],
): Gap[] {
  const { times } = series;
  // one reading tells no interval: whatever lies beside it is told
  const longest = gapThreshold(series) || SHORTEST_GAP_MS;
  const passed = Math.min(now, window.to);
  const coming = now < window.to ? ON_ITS_WAY_MS : 0;
  const first = times[0] ?? passed;
  const last = times.at(-1) ?? passed;
  const gaps = silences(series);
  if (first - window.from > longest) gaps.push({ from: window.from, to: first, kind: "silence" });
  if (passed - last > Math.max(longest, coming)) gaps.push({ from: last, to: passed, kind: "silence" });
  return mergeGaps([...gaps, ...unopened]);
}

/**
 * Sorted, and those that touch or overlap made one; `unopened` wins, as it can be acted on. Two silences that touch stay
 * apart: between them is a reading, and a line over both would lead to it and on.
 */
export function mergeGaps(gaps: readonly Gap[]): Gap[] {
  const sorted = [...gaps].sort((a, b) => a.from - b.from || a.to - b.to);
  const merged: Gap[] = [];
  for (const gap of sorted) {
    const last = merged.at(-1);
    if (!last || gap.from > last.to || (gap.from === last.to && areSilences(gap, last))) merged.push({ ...gap });
    else {
      last.to = Math.max(last.to, gap.to);
      if (gap.kind === "unopened") last.kind = "unopened";
    }
  }
  return merged;
}

const areSilences = (a: Gap, b: Gap) => a.kind === "silence" && b.kind === "silence";
