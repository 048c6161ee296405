import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useClock, useClockEach } from "../../../data/clock";
import { columnsOf } from "../../../data/columns";
import { completenessOf } from "../../../data/completeness";
import { MEASURES } from "../../../data/measures";
import { type Readings, useReadings } from "../../../data/readings";
import { HOUR_MS } from "../../../data/time-zone";
import { useSession } from "../../../session/useSession";
import { core } from "../../../worker/pool";
import { DOSES_HOURS, withoutUnreadDoses } from "../../care/doses-read";
import type { Plan } from "../../care/plan";
import type { PlanInForce } from "../medication/use-plan";
import { type Judgement, latestTimes, type ToJudge } from "./judge";

/** What is judged: the last day, in whole hours, so that the same is asked for an hour. */
export function lastDay(now: number): { from: number; to: number } {
  const to = (Math.floor(now / HOUR_MS) + 1) * HOUR_MS;
  return { from: to - 24 * HOUR_MS, to };
}

/** The last day's readings of everything, and what the core's scores say of them. */
export function useCondition(patient: string, plan: PlanInForce): ToJudge {
  const { address } = useSession();
  const now = useClockEach(10_000);
  const clock = useClock();
  const { from, to } = lastDay(now);
  const window = useMemo(() => ({ from, to }), [from, to]);
  const readings = useReadings({ patient, measures: MEASURES, window });
  const doses = useDoses(patient, plan.data, to);
  const dosesRead = plan.data !== undefined && completenessOf(doses, DOSES) === "whole";
  const series = dosesRead
    ? [...readings.series.filter(({ measure }) => measure !== "dose_taken"), ...doses.series]
    : readings.series;
  const minute = Math.floor(now / 60_000);
  const count = series.reduce((sum, { times }) => sum + times.length, 0);
  const newest = series.reduce((last, { times }) => Math.max(last, times.at(-1) ?? 0), 0);
  const { data, error } = useQuery<Judgement>({
    // anew with each reading and each minute: what is too old to count is the core's to say
    queryKey: [address, "patient.assess", patient, count, newest, minute, dosesRead, plan.data ?? null],
    meta: { contracts: [] },
    enabled: count > 0,
    gcTime: 60_000,
    // it says of what it is: of a later reading it says nothing
    placeholderData: (before) => before,
    queryFn: async () => {
      const assessment = await core().ask("assess", {
        readings: columnsOf(series),
        ...(plan.data && { plan: plan.data }),
        observed: {},
        scale: plan.data?.personal?.news2 ?? "one",
        nowMs: clock(),
        earlierMs: [],
      });
      const findings = withoutUnreadDoses(assessment.findings, dosesRead);
      return { assessment: { ...assessment, findings }, latest: latestTimes(series), plan: plan.data };
    },
  });
  return { readings, now, judgement: data, error: error ?? undefined, plan };
}

const DOSES = ["dose_taken"] as const;

/** Doses of the week that the plan's rule looks at, where it has any. */
function useDoses(patient: string, plan: Plan | undefined, to: number): Readings {
  const window = useMemo(() => ({ from: to - DOSES_HOURS * HOUR_MS, to }), [to]);
  const enabled = (plan?.medication ?? []).length > 0;
  return useReadings({ patient, measures: DOSES, window, enabled });
}
