/** The latest reading of a measure, and how it stands to the plan's limits. */
import { type Latest, latestUsable } from "../../../data/latest";
import { MEASURE, type Measure } from "../../../data/measures";
import { HOUR_MS } from "../../care/access";
import type { Threshold } from "../../care/plan";

interface Series {
  measure: Measure;
  times: Float64Array;
  values: Float64Array;
  flags: Uint8Array;
}

/** The latest of a measure, of all that is shown. */
export const latestOf = (all: readonly Series[], measure: Measure): Latest | undefined =>
  latestUsable(all.find((one) => one.measure === measure));

export type TileState = "none" | "old" | "beyond" | "newer" | "within" | "limits_unknown" | "unwatched";

interface Stands {
  measure: Measure;
  latest: Latest | undefined;
  /** Absent where there is a plan that is not open. */
  thresholds: readonly Threshold[] | undefined;
  /** Something later may have been measured, and is not opened. */
  newer: boolean;
  nowMs: number;
}

/** One reading beyond a limit is not yet a finding: a plan may ask for several. Without a limit nothing is said of it. */
export function tileState({ measure, latest, thresholds, newer, nowMs }: Stands): TileState {
  if (!latest) return "none";
  if (nowMs - latest.atMs > HOUR_MS) return "old";
  const own = (thresholds ?? []).filter((threshold) => threshold.measure === measure);
  const fixed = Math.round(latest.value * 10 ** MEASURE[measure].scale);
  const beyond = ({ comparison, value }: Threshold) => (comparison === "at_least" ? fixed >= value : fixed <= value);
  if (own.some(beyond)) return "beyond";
  if (newer) return "newer";
  if (!thresholds) return "limits_unknown";
  return own.length === 0 ? "unwatched" : "within";
}
