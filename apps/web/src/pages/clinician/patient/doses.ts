/** Times of doses taken: a reading counts several. */
import type { Measure } from "../../../data/measures";

/** No dispenser gives more at once, and the measure allows no more. */
const MOST = 100;

export function dosesOf(all: readonly { measure: Measure; times: Float64Array; values: Float64Array }[]): Float64Array {
  const series = all.find(({ measure }) => measure === "dose_taken");
  if (!series) return new Float64Array();
  return Float64Array.from(
    [...series.times].flatMap((at, place) =>
      Array<number>(Math.min(MOST, Math.max(0, Math.round(series.values[place] as number)))).fill(at),
    ),
  );
}

export interface Period {
  /** Epochs, `[from, to)`. */
  from: number;
  to: number;
}

/** What can be signed off: whole hours since the plan was accepted, at most so many days, until the last full hour. */
export function signable(acceptedS: number, days: number, nowMs: number): Period | undefined {
  const hour = 3_600_000;
  const to = Math.floor(nowMs / hour);
  const from = Math.max(Math.ceil((acceptedS * 1000) / hour), to - days * 24);
  return from < to ? { from, to } : undefined;
}
