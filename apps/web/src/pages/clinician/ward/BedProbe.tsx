import { useEffect } from "react";
import { useHeld } from "../../../data/held";
import { useAlerts } from "../../care/useAlerts";
import { useMonitored } from "../patient/useMonitored";
import type { Bed } from "./urgency";

const HOURS = 24;

/** Why there is no score. */
export type Unread = "loading" | "no_access" | "failed" | "nothing";

export interface BedReport extends Bed {
  working: boolean;
  error: unknown;
  /** Absent where there is a score. */
  unread: Unread | undefined;
  stale: boolean;
  simulated: boolean;
  /** Batches that could not be opened or are not genuine. */
  failures: number;
  cancel(): void;
}

/** Follows one patient of the ward, and says how it is. Shows nothing itself. */
export function BedProbe({ patient, onReport }: { patient: string; onReport(report: BedReport): void }) {
  const alerts = useAlerts(patient);
  const monitored = useMonitored(patient, HOURS);
  const { measured, assessed, grants } = monitored;
  const working = grants === undefined || (measured.progress !== undefined && assessed.data === undefined);
  const error = alerts.error ?? monitored.error ?? measured.errors[0] ?? assessed.error;
  const readable = Object.keys(monitored.reads).length > 0;
  const complete = useHeld(measured.complete, measured.complete !== "opening");
  const failures = Object.values(measured.by).reduce((sum, { failures: failed }) => sum + failed.length, 0);
  const unread = unreadBecause({
    working,
    readable,
    failed: error !== undefined,
    judged: assessed.data !== undefined,
    read: measured.columns.times.length,
  });
  // the report is told when something in it changed; its functions change each time
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    onReport({
      patient,
      alerts: alerts.data,
      assessment: unread === undefined ? assessed.data : undefined,
      complete,
      plan: monitored.planState,
      working,
      error,
      unread,
      stale: alerts.stale || monitored.stale,
      simulated: measured.simulated,
      failures,
      cancel: measured.cancel,
    });
  }, [
    patient,
    alerts.data,
    alerts.stale,
    assessed.data,
    complete,
    monitored.planState,
    working,
    error,
    unread,
    monitored.stale,
    measured.simulated,
    failures,
  ]);
  return null;
}

interface Known {
  working: boolean;
  readable: boolean;
  failed: boolean;
  judged: boolean;
  read: number;
}

/** What was not read gives no score: not even a good one from before. */
export function unreadBecause({ working, readable, failed, judged, read }: Known): Unread | undefined {
  if (judged && readable && read > 0) return undefined;
  if (working) return "loading";
  if (!readable) return failed ? "failed" : "no_access";
  if (failed) return "failed";
  return read === 0 ? "nothing" : "loading";
}
