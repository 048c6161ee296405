/** In which order a ward is looked at. What is not known is never taken for well. */
import type { AlertInfo } from "@cw-vitals/client/care";
import type { Completeness } from "../../../data/completeness";
import type { Assessment, Finding, News2, News2Parameter, Scored } from "../../../worker/care";
import { type Waiting, waiting } from "../../care/alerts";
import type { Severity } from "../../care/plan";
import type { MonitoredPlan } from "../patient/useMonitored";

export interface Bed {
  patient: string;
  /** Absent until they were asked for, or where they could not be. */
  alerts: readonly AlertInfo[] | undefined;
  /** Absent until readings were judged, or where none could be. */
  assessment: Assessment | undefined;
  complete: Completeness;
  plan: MonitoredPlan;
}

/** Parameters that devices measure: without all of them too little is known to call somebody low. */
export const MEASURED: readonly News2Parameter[] = [
  "respiration",
  "oxygen_saturation",
  "systolic_pressure",
  "pulse",
  "temperature",
];

export type Standing = News2["riskAtLeast"] | "low_so_far" | "unknown";

/**
 * The risk by what was observed. It is low only where nothing is missing: what is missing can but add. Where a device's
 * parameter is missing and nothing else calls for a look, it is not known at all.
 */
export function standing(assessment: Assessment | undefined): Standing {
  if (!assessment) return "unknown";
  const { riskAtLeast, missing } = assessment.now;
  if (riskAtLeast !== "low" || missing.length === 0) return riskAtLeast;
  return MEASURED.some((parameter) => missing.includes(parameter)) ? "unknown" : "low_so_far";
}

const BY_STANDING: Record<Standing, number> = { high: 5, medium: 4, low_medium: 3, unknown: 2, low_so_far: 1, low: 0 };
const BY_WAITING: Record<Waiting, number> = { emergency: 4, overdue: 3, open: 2, acknowledged: 1, resolved: 0 };
const BY_SEVERITY: Record<Severity, number> = { notice: 0, urgent: 1, emergency: 2 };

/** Compared place by place; a higher number is looked at first. */
export function urgency(bed: Bed, nowS: number): number[] {
  const waits = (bed.alerts ?? []).map((alert) => BY_WAITING[waiting(alert, nowS)]);
  const worst = Math.max(0, ...waits);
  const scored = BY_STANDING[standing(bed.assessment)];
  const stand = isJudged(bed) ? scored : Math.max(scored, BY_STANDING.unknown);
  const called = worst === BY_WAITING.emergency || bed.assessment?.findings.some(isEmergency) ? 1 : 0;
  return [
    called,
    stand >= BY_STANDING.low_medium ? stand : 0,
    worst,
    bed.assessment?.now.atLeast ?? 0,
    trendOf(bed.assessment) === "rising" ? 1 : 0,
    stand,
    (bed.alerts ?? []).filter(({ state }) => state === "open").length,
    Math.max(0, ...(bed.assessment?.findings ?? []).map(({ severity }) => BY_SEVERITY[severity])),
  ];
}

/** By all of the readings, and by the plan where there is one. Without a connection it is as it was, and said to be. */
const isJudged = ({ complete, plan }: Bed) =>
  (complete === "whole" || complete === "stale") && (plan === "open" || plan === "none");

/** Findings of a bed; that there are none is said only where all was read, and by a plan. */
export function foundIn(bed: Bed): readonly Finding[] | "none" | "no_plan" | "unknown" {
  const findings = bed.assessment?.findings ?? [];
  if (findings.length > 0) return findings;
  if (!bed.assessment || bed.plan === "loading" || bed.plan === "failed") return "unknown";
  if (bed.plan === "none") return "no_plan";
  return bed.complete === "whole" ? "none" : "unknown";
}

const isEmergency = ({ severity }: Finding) => severity === "emergency";

/** The most urgent first; of equals by number, so that the list does not jump. */
export function sorted<B extends Bed>(beds: readonly B[], nowS: number): B[] {
  const keys = new Map(beds.map((bed) => [bed.patient, urgency(bed, nowS)]));
  return [...beds].sort(
    (a, b) =>
      compared(keys.get(b.patient) as number[], keys.get(a.patient) as number[]) || byNumber(a.patient, b.patient),
  );
}

function compared(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, at) => value !== b[at]);
  return place < 0 ? 0 : (a[place] as number) - (b[place] as number);
}

const byNumber = (a: string, b: string) => (BigInt(a) < BigInt(b) ? -1 : 1);

export type Trend = "rising" | "falling" | "steady" | "unknown";

/**
 * Whether more points come together than before: only what was observed both times is compared, since a score that
 * grows because more was measured says nothing of the person.
 */
export function trendOf(assessment: Pick<Assessment, "now" | "earlier"> | undefined): Trend {
  if (!assessment) return "unknown";
  const before = assessment.earlier.find(({ news2 }) => shared(news2, assessment.now).length > 0);
  if (!before) return "unknown";
  const both = shared(before.news2, assessment.now);
  const change = sum(assessment.now, both) - sum(before.news2, both);
  if (change === 0) return "steady";
  return change > 0 ? "rising" : "falling";
}

function shared(a: News2, b: News2): News2Parameter[] {
  const known = new Set(b.points.map(([parameter]) => parameter));
  return a.points
    .map(([parameter]) => parameter)
    .filter((parameter) => known.has(parameter) && MEASURED.includes(parameter));
}

function sum(score: News2, of: readonly News2Parameter[]): number {
  return score.points.filter(([parameter]) => of.includes(parameter)).reduce((total, [, points]) => total + points, 0);
}

/** What was scored at each time, for a line of figures. */
export const history = (assessment: Assessment, nowMs: number): Scored[] => [
  ...assessment.earlier,
  { atMs: nowMs, news2: assessment.now },
];
