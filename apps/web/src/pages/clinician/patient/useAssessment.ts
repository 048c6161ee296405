import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useClock, useClockEach } from "../../../data/clock";
import type { Assessment, Observed } from "../../../worker/care";
import { core } from "../../../worker/pool";
import { HOUR_MS } from "../../care/access";
import { withoutUnreadDoses } from "../../care/doses-read";
import type { Plan } from "../../care/plan";
import type { Measured } from "./useMeasured";

/** What was observed ages: the score is worked out anew each minute, and whenever something new was read. */
const MINUTE_MS = 60_000;
/** Hours before now at which NEWS2 is scored too. */
const EARLIER_HOURS = [6, 5, 4, 3, 2, 1];

interface Asked {
  patient: string;
  measured: Measured;
  plan: Plan | undefined;
  observed: Observed;
  /** False while it is not known yet by which plan to judge. */
  ready: boolean;
  /** All doses that the plan's rule asks for were read. */
  dosesRead: boolean;
}

export interface Assessed {
  data: Assessment | undefined;
  error: unknown;
  working: boolean;
  retry(): void;
}

/** NEWS2 and findings over what was read, worked out in a worker. */
export function useAssessment({ patient, measured, plan, observed, ready, dosesRead }: Asked): Assessed {
  const minute = Math.floor(useClockEach(MINUTE_MS / 4) / MINUTE_MS);
  const clock = useClock();
  // once all there was has been read; what comes after is judged as it comes
  const [settled, setSettled] = useState(false);
  const whole = measured.progress === undefined;
  useEffect(() => {
    if (whole && measured.mark !== "") setSettled(true);
  }, [whole, measured.mark]);
  const query = useQuery<Assessment>({
    queryKey: ["assessment", patient, measured.mark, plan ?? null, observed, dosesRead, minute],
    enabled: ready && settled && measured.mark !== "",
    // of the same patient alone: a page may go on to another
    placeholderData: (before, query) => (query?.queryKey[1] === patient ? before : undefined),
    gcTime: 2 * MINUTE_MS,
    retry: false,
    queryFn: async () => {
      // of this moment: a round leaves out what was measured after it
      const nowMs = clock();
      const assessment = await core().ask("assess", {
        readings: measured.columns,
        ...(plan ? { plan } : {}),
        observed,
        scale: plan?.personal?.news2 ?? "one",
        nowMs,
        earlierMs: EARLIER_HOURS.map((hours) => nowMs - hours * HOUR_MS),
      });
      return { ...assessment, findings: withoutUnreadDoses(assessment.findings, dosesRead) };
    },
  });
  return {
    // of nothing that may be read there is no judgement, not even the last one
    data: measured.mark === "" ? undefined : query.data,
    error: query.error ?? undefined,
    working: query.isFetching,
    retry: () => void query.refetch(),
  };
}
