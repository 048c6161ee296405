import { useSession } from "../../../session/useSession";
import { usePlans } from "../../care/PlanHistory";
import type { Plan } from "../../care/plan";
import { usePlan } from "../../care/usePlan";

export interface PlanInForce {
  /** Absent while there is none in force, or it is not opened yet. */
  data: Plan | undefined;
  version: number | undefined;
  /** There is one, and it could not be opened. */
  error: unknown;
}

/** The care plan in force, decrypted. A wallet is asked for a signature, so there it waits until it is wanted. */
export function usePlanInForce(patient: string, wanted?: boolean): PlanInForce {
  const { wallet } = useSession();
  const plans = usePlans(patient);
  const info = plans.data?.current.plan ?? undefined;
  const opened = usePlan(patient, info, "patient", wanted ?? wallet === "local");
  return { data: info && opened.data, version: info?.version, error: opened.error ?? undefined };
}
