import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNow } from "../../../ui/When";
import type { Assessment, Observed } from "../../../worker/care";
import { core } from "../../../worker/pool";
import { HOUR_MS } from "../../care/access";
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
}

export interface Assessed {
  data: Assessment | undefined;
  error: unknown;
  working: boolean;
  retry(): void;
}

/** NEWS2 and findings over what was read, worked out in a worker. */
export function useAssessment({ patient, measured, plan, observed, ready }: Asked): Assessed {
  const minute = Math.floor(useNow(MINUTE_MS / 4) / MINUTE_MS);
  // once all there was has been read; what comes after is judged as it comes
  const [settled, setSettled] = useState(false);
  const whole = measured.progress === undefined;
  useEffect(() => {
    if (whole && measured.mark !== "") setSettled(true);
  }, [whole, measured.mark]);
  const query = useQuery<Assessment>({
    queryKey: ["assessment", patient, measured.mark, plan ?? null, observed, minute],
    enabled: ready && settled && measured.mark !== "",
    placeholderData: (before) => before,
    gcTime: 2 * MINUTE_MS,
    retry: false,
    queryFn: () => {
      // of this moment: a round leaves out what was measured after it
      const nowMs = Date.now();
      return core().ask("assess", {
        readings: measured.columns,
        ...(plan ? { plan } : {}),
        observed,
        scale: plan?.personal?.news2 ?? "one",
        nowMs,
        earlierMs: EARLIER_HOURS.map((hours) => nowMs - hours * HOUR_MS),
      });
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
