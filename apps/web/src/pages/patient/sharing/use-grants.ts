import { allPages } from "@cw-vitals/client";
import type * as consent from "@cw-vitals/client/consent";
import { type ChainData, useChain } from "../../../data/chain";
import { CREDENTIAL_ROLES } from "../../../data/credential-roles";

/** All the patient ever gave, the newest first. */
export function useGrants(patient: string): ChainData<consent.GrantInfo[]> {
  return useChain<consent.GrantInfo[]>(
    ["consent.grants", patient],
    async (vitals) => {
      const all = await allPages<consent.GrantInfo>(async (after) => {
        const page = await vitals.consent.grants({ patient, limit: 30, ...(after && { start_after: after.grant }) });
        return page.grants;
      });
      return all.reverse();
    },
    { patient, contracts: ["consent"] },
  );
}

/** Since when the patient denies somebody, in ms; `null` where it does not. */
export function useDenial(patient: string, whom: consent.Party): ChainData<number | null> {
  return useChain<number | null>(
    ["consent.denial", patient, whom],
    async (vitals) => {
      const { since } = await vitals.consent.denial({ patient, whom });
      return since == null ? null : since * 1000;
    },
    { patient, contracts: ["consent"] },
  );
}

/** Roles that somebody attests of an account, now. */
export function useCredentials(account: string | undefined): ChainData<consent.Role[]> {
  return useChain<consent.Role[]>(
    ["consent.credentials", account],
    async (vitals) => {
      const asked = CREDENTIAL_ROLES.map(async (role) => ({
        role,
        ...(await vitals.consent.credential({ account: account ?? "", role })),
      }));
      return (await Promise.all(asked)).filter(({ live }) => live).map(({ role }) => role);
    },
    { contracts: ["consent"], enabled: account !== undefined },
  );
}
