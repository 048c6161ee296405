import type { GrantInfo } from "@cw-vitals/client/consent";
import { useClock, useClockEach } from "../../../data/clock";
import type { Observed } from "../../../worker/care";
import { HOUR_MS } from "../../care/access";
import { DOSES_HOURS, reachesDoses } from "../../care/doses-read";
import { usePlans } from "../../care/PlanHistory";
import type { Plan } from "../../care/plan";
import { usePlan } from "../../care/usePlan";
import { lastHours, type Reads, readsBy, type Span } from "./reads";
import { useAccess } from "./useAccess";
import { type Assessed, useAssessment } from "./useAssessment";
import { useForgetful } from "./useForgetful";
import { completenessIn, type Measured, useMeasured } from "./useMeasured";
import { useObserved } from "./useObserved";

const MINUTE_MS = 60_000;

/** Whether there is a plan to judge by; that there is none is said only once the chain said so. */
export type MonitoredPlan = "loading" | "none" | "failed" | "open";

export interface Monitored {
  grants: readonly GrantInfo[] | undefined;
  window: Span;
  reads: Reads;
  measured: Measured;
  assessed: Assessed;
  /** The plan in force, decrypted. */
  plan: Plan | undefined;
  planState: MonitoredPlan;
  /** Why the plan in force could not be opened: then there are no findings by it. */
  planError: unknown;
  observed: Observed;
  observe(change: Observed): void;
  error: unknown;
  stale: boolean;
}

/** A patient as a clinician watches: what may be read of the last hours, judged by the plan in force. */
export function useMonitored(patient: string, hours: number): Monitored {
  const minute = Math.floor(useClockEach(MINUTE_MS / 4) / MINUTE_MS) * MINUTE_MS;
  // a grant that begins within this minute holds, and by the chain's clock where this one is slow
  const nowS = useClock()() / 1000;
  const access = useAccess(patient);
  const plans = usePlans(patient);
  const inForce = plans.data?.current.plan ?? undefined;
  const opened = usePlan(patient, inForce, "clinician");
  const window = lastHours(hours, minute);
  const reads = readsFor(access.data ?? [], nowS, window);
  const measured = useMeasured(patient, reads, window);
  useForgetful(patient, access, nowS, measured.progress !== undefined);
  const [observed, observe] = useObserved(patient);
  // one that may not be read any more is none to judge by, though it was opened once
  const plan = opened.isError ? undefined : opened.data;
  const planState = stateOf({ listed: plans.data !== undefined, inForce: inForce !== undefined, opened });
  const { medication } = reads;
  const dosesRead =
    medication !== undefined &&
    reachesDoses(plan, medication.window) &&
    completenessIn(measured.by.medication) === "whole";
  const assessed = useAssessment({ patient, measured, plan, observed, ready: planState !== "loading", dosesRead });
  return {
    grants: access.data,
    window,
    reads,
    measured,
    assessed,
    plan,
    planState,
    planError: opened.error ?? undefined,
    observed,
    observe,
    error: access.error ?? plans.error,
    stale: access.stale || plans.stale || measured.stale,
  };
}

/** Doses are read as far back as the plan's rule asks for, however little is shown. */
function readsFor(grants: readonly GrantInfo[], nowS: number, window: Span): Reads {
  const from = Math.min(window.from, window.to - DOSES_HOURS * HOUR_MS);
  const { medication: _, ...others } = readsBy(grants, nowS, window);
  const further = readsBy(grants, nowS, { from, to: window.to }).medication;
  return further ? { ...others, medication: further } : others;
}

function stateOf(of: {
  listed: boolean;
  inForce: boolean;
  opened: { data: unknown; isError: boolean };
}): MonitoredPlan {
  if (!of.listed) return "loading";
  if (!of.inForce) return "none";
  if (of.opened.isError) return "failed";
  return of.opened.data === undefined ? "loading" : "open";
}
