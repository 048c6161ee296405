import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { columnsOf } from "../../../data/columns";
import { MEASURES } from "../../../data/measures";
import { type Readings, useReadings } from "../../../data/readings";
import { HOUR_MS } from "../../../data/time-zone";
import { useSession } from "../../../session/useSession";
import { useNow } from "../../../ui/When";
import type { Assessment } from "../../../worker/care";
import { core } from "../../../worker/pool";
import type { Plan } from "../../care/plan";

/** What is judged: the last day, in whole hours, so that the same is asked for an hour. */
export function lastDay(now: number): { from: number; to: number } {
  const to = (Math.floor(now / HOUR_MS) + 1) * HOUR_MS;
  return { from: to - 24 * HOUR_MS, to };
}

export interface CurrentReadings {
  readings: Readings;
  now: number;
  /** What the core says of them; absent until it has. */
  assessment: Assessment | undefined;
  error: unknown;
}

/** The last day's readings of everything, and what the core's scores say of them. */
export function useCondition(patient: string, plan: Plan | undefined): CurrentReadings {
  const { address } = useSession();
  const now = useNow(10_000);
  const { from, to } = lastDay(now);
  const window = useMemo(() => ({ from, to }), [from, to]);
  const readings = useReadings({ patient, measures: MEASURES, window });
  const minute = Math.floor(now / 60_000);
  const count = readings.series.reduce((sum, { times }) => sum + times.length, 0);
  const newest = readings.series.reduce((last, { times }) => Math.max(last, times.at(-1) ?? 0), 0);
  const { data: assessment, error } = useQuery({
    // anew with each reading and each minute: what is too old to count is the core's to say
    queryKey: [address, "patient.assess", patient, count, newest, minute, plan ?? null],
    meta: { contracts: [] },
    enabled: count > 0,
    gcTime: 60_000,
    placeholderData: (before: Assessment | undefined) => before,
    queryFn: () =>
      core().ask("assess", {
        readings: columnsOf(readings.series),
        ...(plan && { plan }),
        observed: {},
        scale: plan?.personal?.news2 ?? "one",
        nowMs: Date.now(),
        earlierMs: [],
      }),
  });
  return { readings, now, assessment, error: error ?? undefined };
}
