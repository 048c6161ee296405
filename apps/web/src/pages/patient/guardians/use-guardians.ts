import { allPages } from "@cw-vitals/client";
import type * as consent from "@cw-vitals/client/consent";
import { type ChainData, useChain } from "../../../data/chain";

export interface Guardianship {
  guardians: consent.NamedGuardian[];
  quorums: consent.QuorumsInfo;
  recovery: consent.RecoveryInfo;
  proposals: consent.ProposalInfo[];
  timing: consent.Timing;
}

export function useGuardianship(patient: string): ChainData<Guardianship> {
  return useChain<Guardianship>(
    ["patient.guardianship", patient],
    async (vitals) => {
      const { consent: asked } = vitals;
      const [guardians, quorums, recovery, { proposals }, timing] = await Promise.all([
        allPages<consent.NamedGuardian>(async (after) => {
          const page = await asked.guardians({ patient, limit: 30, ...(after && { start_after: after.guardian }) });
          return page.guardians;
        }),
        asked.quorums({ patient }),
        asked.recovery({ patient }),
        asked.proposals({ patient }),
        asked.timing(),
      ]);
      return { guardians, quorums, recovery, proposals, timing };
    },
    { patient, contracts: ["consent"] },
  );
}
