import { allPages } from "@cw-vitals/client";
import type { GrantInfo } from "@cw-vitals/client/consent";
import { type ChainData, useChain } from "../../../data/chain";
import { useSession } from "../../../session/useSession";
import { names } from "../../care/access";

/** The patient's grants to this account or to one of its teams, those that are over included, the newest first. */
export function useAccess(patient: string): ChainData<GrantInfo[]> {
  const { address } = useSession();
  return useChain(
    ["my-grants", patient],
    async ({ consent }) => {
      const { teams } = await consent.teamsOf({ account: address });
      const all = await allPages<GrantInfo>(
        async (after) => (await consent.grants({ patient, start_after: after?.grant ?? null, limit: 30 })).grants,
      );
      return all.filter((grant) => names(grant, address, teams)).reverse();
    },
    { patient, contracts: ["consent"] },
  );
}
