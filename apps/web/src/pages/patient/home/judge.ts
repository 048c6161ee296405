/** Every vital judged: from the last day's readings and the core's scores. */
import type { Latest } from "../../../data/latest";
import { MEASURE, type Measure } from "../../../data/measures";
import type { Threshold } from "../../care/plan";
import { type Condition, conditionOf, latestOf, PARAMETER, TILES } from "./condition";
import type { CurrentReadings } from "./use-condition";

export interface Vital {
  measure: Measure;
  condition: Condition;
  latest: Latest | undefined;
  /** Of blood pressure. */
  second?: number;
}

export function vitals(
  { readings, assessment, now }: Pick<CurrentReadings, "readings" | "assessment" | "now">,
  thresholds: readonly Threshold[],
): Vital[] {
  const of = (measure: Measure) => readings.series.find((one) => one.measure === measure);
  const points = new Map(assessment?.now.points);
  return TILES.map((measure) => {
    const latest = latestOf(of(measure));
    const parameter = PARAMETER[measure];
    const condition = conditionOf({
      measure,
      latest,
      now,
      thresholds: thresholds.filter((one) => one.measure === measure),
      points: parameter && points.get(parameter),
    });
    const vital: Vital = { measure, condition, latest };
    const second = measure === "systolic_pressure" ? pairedWith(latestOf(of("diastolic_pressure")), latest) : undefined;
    return second === undefined ? vital : { ...vital, second };
  });
}

/** Both numbers of a blood pressure are of one measurement. */
function pairedWith(diastolic: Latest | undefined, systolic: Latest | undefined): number | undefined {
  return diastolic && systolic && Math.abs(diastolic.atMs - systolic.atMs) < 60_000 ? diastolic.value : undefined;
}

/** Vitals that a person has a device for: something of them was measured in the last day. */
export const measured = (all: readonly Vital[]) => all.filter(({ latest }) => latest !== undefined);

export const isCountedMeasure = (measure: Measure) => MEASURE[measure].counted;
