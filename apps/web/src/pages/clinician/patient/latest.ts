/** The latest reading of a measure, and how it stands to the plan's limits. */
import { MEASURE, type Measure } from "../../../data/measures";
import { HOUR_MS } from "../../care/access";
import type { Threshold } from "../../care/plan";

export interface Latest {
  value: number;
  atMs: number;
  simulated: boolean;
}

interface Series {
  measure: Measure;
  times: Float64Array;
  values: Float64Array;
  flags: Uint8Array;
}

/** Bits of a reading's flags: see the client's `OpenedBatch`. */
const SIMULATED = 1;
const QUALITY = 0b110;
const POOR = 0b100;

/** The latest that the device did not call poor. */
export function latestOf(all: readonly Series[], measure: Measure): Latest | undefined {
  const series = all.find((one) => one.measure === measure);
  if (!series) return undefined;
  for (let place = series.times.length - 1; place >= 0; place--) {
    const flags = series.flags[place] as number;
    if ((flags & QUALITY) === POOR) continue;
    return {
      value: series.values[place] as number,
      atMs: series.times[place] as number,
      simulated: (flags & SIMULATED) === SIMULATED,
    };
  }
  return undefined;
}

export type TileState = "none" | "old" | "beyond" | "within" | "unwatched";

/** One reading beyond a limit is not yet a finding: a plan may ask for several. Without a limit nothing is said of it. */
export function tileState(
  measure: Measure,
  latest: Latest | undefined,
  thresholds: readonly Threshold[],
  nowMs: number,
): TileState {
  if (!latest) return "none";
  if (nowMs - latest.atMs > HOUR_MS) return "old";
  const own = thresholds.filter((threshold) => threshold.measure === measure);
  if (own.length === 0) return "unwatched";
  const fixed = Math.round(latest.value * 10 ** MEASURE[measure].scale);
  const beyond = ({ comparison, value }: Threshold) => (comparison === "at_least" ? fixed >= value : fixed <= value);
  return own.some(beyond) ? "beyond" : "within";
}
