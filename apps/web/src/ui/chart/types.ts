import type { Measure } from "../../data/measures";
import type { Readings } from "../../data/readings";

/** A limit that a plan or a rule sets, in the unit of the reading. */
export interface Threshold {
  measure: Measure;
  /** What is below is beyond it. */
  low?: number;
  /** What is above is beyond it. */
  high?: number;
  level: "watch" | "warning" | "danger";
}

export type View = "readings" | "hour" | "day";

export interface ChartProps {
  title: string;
  readings: Pick<
    Readings,
    "series" | "gaps" | "failures" | "progress" | "cancel" | "retry" | "error" | "stale" | "asOf" | "away" | "awaited"
  >;
  /** What is shown, Unix time in ms. */
  window: { from: number; to: number };
  thresholds?: readonly Threshold[];
  /** The one it begins with; by the length of the window where absent. */
  view?: View;
}
