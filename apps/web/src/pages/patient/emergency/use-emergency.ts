import { allPages } from "@cw-vitals/client";
import type * as consent from "@cw-vitals/client/consent";
import { type ChainData, useChain } from "../../../data/chain";

/** All emergencies, the newest first. */
export function useEmergencies(patient: string): ChainData<consent.EmergencyInfo[]> {
  return useChain<consent.EmergencyInfo[]>(
    ["consent.emergencies", patient],
    async (vitals) => {
      const all = await allPages<consent.EmergencyInfo>(async (after) => {
        const page = await vitals.consent.emergencies({
          patient,
          limit: 30,
          ...(after && { start_after: after.emergency }),
        });
        return page.emergencies;
      });
      return all.reverse();
    },
    { patient, contracts: ["consent"] },
  );
}

export function useCustodians(patient: string): ChainData<consent.CustodiansInfo> {
  return useChain<consent.CustodiansInfo>(
    ["consent.custodians", patient],
    (vitals) => vitals.consent.custodians({ patient }),
    {
      patient,
      contracts: ["consent"],
    },
  );
}
