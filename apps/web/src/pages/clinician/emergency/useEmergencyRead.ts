import type { EmergencyInfo } from "@cw-vitals/client/consent";
import { HOUR_MS } from "../../care/access";
import { readsInEmergency } from "../patient/reads";
import { useAssessment } from "../patient/useAssessment";
import { useMeasured } from "../patient/useMeasured";
import type { Monitored } from "../patient/useMonitored";
import { useObserved } from "../patient/useObserved";

/** All that an emergency reaches, by the shares of custodians. There is no plan to judge by: NEWS2 alone. */
export function useEmergencyRead(patient: string, info: EmergencyInfo): Monitored {
  const window = { from: info.window.from * HOUR_MS, to: info.window.to * HOUR_MS };
  const reads = readsInEmergency(info.emergency, info.window, window);
  const measured = useMeasured(patient, reads, window, "ETREAT");
  const [observed, observe] = useObserved(patient);
  const assessed = useAssessment({ patient, measured, plan: undefined, observed, ready: true, dosesRead: false });
  return {
    grants: [],
    window,
    reads,
    measured,
    assessed,
    plan: undefined,
    planState: "none",
    planError: undefined,
    observed,
    observe,
    error: undefined,
    stale: measured.stale,
  };
}
