import { allPages, type Vitals } from "@cw-vitals/client";
import type { AlertInfo } from "@cw-vitals/client/care";
import { type ChainData, useChain } from "../../data/chain";

/** All alerts of a patient, oldest first. */
export function alertsOf(vitals: Vitals, patient: string): Promise<AlertInfo[]> {
  return allPages<AlertInfo>(async (after) => {
    const { alerts } = await vitals.care.alerts({ patient, start_after: after?.alert ?? null, limit: 30 });
    return alerts;
  });
}

export function useAlerts(patient: string): ChainData<AlertInfo[]> {
  return useChain(["alerts", patient], (vitals) => alertsOf(vitals, patient), { patient, contracts: ["care"] });
}
