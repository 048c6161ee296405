import { isVitalsError } from "@cw-vitals/client";
import type * as care from "@cw-vitals/client/care";
import { type ChainData, useChain } from "../../../data/chain";

/** Who is called, tier after tier; `null` where the patient set none. */
export function useLadder(patient: string, ladder: number): ChainData<care.LadderInfo | null> {
  return useChain<care.LadderInfo | null>(
    ["care.ladder", patient, ladder],
    async (vitals) => {
      try {
        return await vitals.care.ladder({ patient, ladder });
      } catch (error) {
        if (isVitalsError(error, "care/unknown_ladder")) return null;
        throw error;
      }
    },
    { patient, contracts: ["care"] },
  );
}
