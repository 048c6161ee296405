import type { GrantInfo } from "@cw-vitals/client/consent";
import { useHead } from "../../../data/live";
import { useNow } from "../../../ui/When";
import type { Observed } from "../../../worker/care";
import { usePlans } from "../../care/PlanHistory";
import type { Plan } from "../../care/plan";
import { usePlan } from "../../care/usePlan";
import { lastHours, type Reads, readsBy, type Span } from "./reads";
import { useAccess } from "./useAccess";
import { type Assessed, useAssessment } from "./useAssessment";
import { useForgetful } from "./useForgetful";
import { type Measured, useMeasured } from "./useMeasured";
import { useObserved } from "./useObserved";

const MINUTE_MS = 60_000;

export interface Monitored {
  grants: readonly GrantInfo[] | undefined;
  window: Span;
  reads: Reads;
  measured: Measured;
  assessed: Assessed;
  /** The plan in force, decrypted. */
  plan: Plan | undefined;
  /** Why the plan in force could not be opened: then there are no findings by it. */
  planError: unknown;
  observed: Observed;
  observe(change: Observed): void;
  error: unknown;
  stale: boolean;
}

/** A patient as a clinician watches: what may be read of the last hours, judged by the plan in force. */
export function useMonitored(patient: string, hours: number): Monitored {
  const minute = Math.floor(useNow(MINUTE_MS / 4) / MINUTE_MS) * MINUTE_MS;
  // a grant that begins within this minute holds, and by the chain's clock where this one is slow
  const nowS = Math.max(Date.now(), useHead()()?.timeMs ?? 0) / 1000;
  const access = useAccess(patient);
  const plans = usePlans(patient);
  const inForce = plans.data?.current.plan ?? undefined;
  const opened = usePlan(patient, inForce, "clinician");
  const window = lastHours(hours, minute);
  const reads = readsBy(access.data ?? [], nowS, window);
  const measured = useMeasured(patient, reads, window);
  useForgetful(patient, access, nowS, measured.progress !== undefined);
  const [observed, observe] = useObserved(patient);
  const ready = plans.data !== undefined && (inForce === undefined || opened.data !== undefined || opened.isError);
  const assessed = useAssessment({ patient, measured, plan: opened.data, observed, ready });
  return {
    grants: access.data,
    window,
    reads,
    measured,
    assessed,
    plan: opened.data,
    planError: opened.error ?? undefined,
    observed,
    observe,
    error: access.error ?? plans.error,
    stale: access.stale || plans.stale || measured.stale,
  };
}
