/** How each vital stands, in the word that matters most. The scoring is the core's (NEWS2); limits are the care plan's. */

import { type Latest, latestUsable } from "../../../data/latest";
import { MEASURE, type Measure } from "../../../data/measures";
import type { MeasureSeries } from "../../../data/readings";
import type { Level } from "../../../ui/State";
import type { News2Parameter } from "../../../worker/care";
import type { Threshold } from "../../care/plan";

/** Older than this a reading says nothing of now: the longest time between observations that the RCP allows at medium risk (docs/analysis.md, NEWS2). */
export const CURRENT_MS = 3_600_000;

/** Tiles, in the order people look for them. Blood pressure is one. */
export const TILES = [
  "heart_rate",
  "oxygen_saturation",
  "respiratory_rate",
  "systolic_pressure",
  "body_temperature",
  "glucose",
  "steps",
  "dose_taken",
] as const satisfies readonly Measure[];

export const PARAMETER: Partial<Record<Measure, News2Parameter>> = {
  heart_rate: "pulse",
  oxygen_saturation: "oxygen_saturation",
  respiratory_rate: "respiration",
  systolic_pressure: "systolic_pressure",
  body_temperature: "temperature",
};

/** The last reading of a series that can be used. */
export function latestOf(series: MeasureSeries | undefined): Latest | undefined {
  const latest = latestUsable(series);
  return latest && { ...latest, simulated: latest.simulated || (series?.simulated ?? false) };
}

/** The sum since a time: steps and doses are counted. */
export function sumSince(series: MeasureSeries | undefined, from: number): number {
  if (!series) return 0;
  return series.values.reduce((sum, value, i) => ((series.times[i] as number) >= from ? sum + value : sum), 0);
}

export type Word =
  | "none"
  | "old"
  | "measured"
  | "within_plan"
  | "usual"
  | "slight"
  | "marked"
  | "severe"
  | "above"
  | "below"
  | "newer"
  | "judging"
  | "unjudged"
  | "limits_unknown"
  | "counted"
  | "counted_part";

export interface Condition {
  word: Word;
  level: Level;
  /** That is crossed, in the unit of the reading; of a blood pressure either number's. */
  limit?: { measure: Measure; value: number };
}

const SEVERITY_LEVEL: Record<Threshold["severity"], Level> = {
  notice: "watch",
  urgent: "warning",
  emergency: "danger",
};
const SEVERITIES = ["emergency", "urgent", "notice"] as const;

/** By NEWS2 points of one reading. */
const POINTS: readonly Condition[] = [
  { word: "usual", level: "good" },
  { word: "slight", level: "watch" },
  { word: "marked", level: "warning" },
  { word: "severe", level: "danger" },
];

/** What the score says of a reading: its points, that they are being worked out, or that there are none. */
export type Points = number | "judging" | "unjudged";

interface Judged {
  measure: Measure;
  latest: Latest | undefined;
  now: number;
  /** The care plan's limits of that measure; absent where there is a plan that is not open. */
  thresholds: readonly Threshold[] | undefined;
  /** Absent where the score does not know the measure. */
  points: Points | undefined;
  /** Something later may have been measured, and is not opened. */
  newer: boolean;
}

/** A limit of the person's own plan says more than a chart made for all adults. Good is only what was judged. */
export function conditionOf({ measure, latest, now, thresholds, points, newer }: Judged): Condition {
  if (!latest) return { word: "none", level: "unknown" };
  if (MEASURE[measure].counted) return { word: newer ? "counted_part" : "counted", level: "note" };
  if (now - latest.atMs > CURRENT_MS) return { word: "old", level: "unknown" };
  const crossed = crossedBy(measure, latest.value, thresholds ?? []);
  if (crossed) {
    const word = crossed.comparison === "at_least" ? "above" : "below";
    const limit = { measure, value: inUnit(measure, crossed.value) };
    return { word, level: SEVERITY_LEVEL[crossed.severity], limit };
  }
  if (typeof points === "number" && points > 0) return POINTS[Math.min(points, 3)] as Condition;
  if (newer) return { word: "newer", level: "unknown" };
  if (points === "judging") return { word: "judging", level: "waiting" };
  if (points === "unjudged") return { word: "unjudged", level: "unknown" };
  if (thresholds && thresholds.length > 0) return { word: "within_plan", level: "good" };
  if (points === 0) return { word: "usual", level: "good" };
  return thresholds ? { word: "measured", level: "note" } : { word: "limits_unknown", level: "unknown" };
}

const inUnit = (measure: Measure, fixed: number) => fixed / 10 ** MEASURE[measure].scale;

/** The most severe limit that the value is at or beyond, as the monitor compares. */
function crossedBy(measure: Measure, value: number, thresholds: readonly Threshold[]): Threshold | undefined {
  const fixed = Math.round(value * 10 ** MEASURE[measure].scale);
  const crossed = thresholds.filter(
    (one) => one.measure === measure && (one.comparison === "at_least" ? fixed >= one.value : fixed <= one.value),
  );
  return SEVERITIES.flatMap((severity) => crossed.filter((one) => one.severity === severity))[0];
}

const ORDER: readonly Level[] = ["danger", "warning", "watch", "unknown", "waiting", "note", "good"];

/** The worst of several. */
export function worst(levels: readonly Level[]): Level | undefined {
  return ORDER.find((level) => levels.includes(level));
}

/** The worse of two numbers that are one vital. */
export function worseOf(first: Condition, second: Condition): Condition {
  return ORDER.indexOf(second.level) < ORDER.indexOf(first.level) ? second : first;
}
