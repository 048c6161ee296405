/** Every vital judged: from the last day's readings, the core's scores and the plan's limits. */
import { completenessOf, newerUnopened } from "../../../data/completeness";
import type { Latest } from "../../../data/latest";
import { MEASURE, MEASURES, type Measure } from "../../../data/measures";
import type { Readings } from "../../../data/readings";
import type { Assessment } from "../../../worker/care";
import type { Plan } from "../../care/plan";
import type { PlanInForce } from "../medication/use-plan";
import { type Condition, conditionOf, latestOf, PARAMETER, type Points, TILES, worseOf } from "./condition";

export interface Vital {
  measure: Measure;
  condition: Condition;
  latest: Latest | undefined;
  /** Of blood pressure. */
  second?: number;
}

/** What the core said, and of what. */
export interface Judgement {
  assessment: Assessment;
  /** By measure, when the reading was taken that was the latest then. */
  latest: Partial<Record<Measure, number>>;
  plan: Plan | undefined;
}

/** Readings as they are now, and what is known to judge them by. */
export interface ToJudge {
  readings: Readings;
  now: number;
  judgement: Judgement | undefined;
  /** Why there is no judgement of these readings. */
  error: unknown;
  plan: Pick<PlanInForce, "state" | "data">;
}

export function latestTimes(series: Readings["series"]): Judgement["latest"] {
  return Object.fromEntries(series.map((one) => [one.measure, latestOf(one)?.atMs]));
}

export function vitals(of: ToJudge): Vital[] {
  return TILES.map((measure) => {
    const vital = { measure, condition: conditionIn(of, measure), latest: latestIn(of, measure) };
    return measure === "systolic_pressure" ? withDiastolic(of, vital) : vital;
  });
}

function withDiastolic(of: ToJudge, vital: Vital): Vital {
  const diastolic = latestIn(of, "diastolic_pressure");
  if (!diastolic || !vital.latest) return vital;
  const recent = vital.condition.word !== "old" && vital.condition.word !== "none";
  const beyond = conditionIn(of, "diastolic_pressure");
  // a limit may be of either number, and no score knows the second
  const condition = recent && beyond.limit ? worseOf(vital.condition, beyond) : vital.condition;
  // both numbers of a blood pressure are of one measurement
  const paired = Math.abs(diastolic.atMs - vital.latest.atMs) < 60_000;
  return { ...vital, condition, ...(paired && { second: diastolic.value }) };
}

const latestIn = ({ readings }: ToJudge, wanted: Measure) =>
  latestOf(readings.series.find(({ measure }) => measure === wanted));

function conditionIn(of: ToJudge, measure: Measure): Condition {
  const latest = latestIn(of, measure);
  const { state, data } = of.plan;
  const limits = data?.thresholds?.filter((one) => one.measure === measure) ?? [];
  return conditionOf({
    measure,
    latest,
    now: of.now,
    thresholds: state === "none" || state === "open" ? limits : undefined,
    points: latest && pointsOf(of, measure, latest),
    newer: latest !== undefined && isNewer(of.readings, measure, latest),
  });
}

/** A sum counts all that was read; a state is of the last reading. */
function isNewer(readings: Readings, measure: Measure, latest: Latest): boolean {
  if (MEASURE[measure].counted) return completenessOf(readings, [measure]) !== "whole";
  return newerUnopened(readings, measure, latest.atMs);
}

/** Points are of the reading that was scored, by the plan that was in force: no other has them. */
function pointsOf({ judgement, error, plan }: ToJudge, measure: Measure, latest: Latest): Points | undefined {
  const parameter = PARAMETER[measure];
  if (!parameter) return undefined;
  if (judgement && judgement.latest[measure] === latest.atMs && judgement.plan === plan.data) {
    return new Map(judgement.assessment.now.points).get(parameter) ?? "unjudged";
  }
  return error === undefined ? "judging" : "unjudged";
}

/** Vitals that a person has a device for: something of them was measured in the last day. */
export const measured = (all: readonly Vital[]) => all.filter(({ latest }) => latest !== undefined);

export const isCountedMeasure = (measure: Measure) => MEASURE[measure].counted;

/** Measures that say how somebody is: sums of a day do not. */
export const VITALS = MEASURES.filter((measure) => !isCountedMeasure(measure));
