import { VitalsError } from "./errors.js";
import type { GrantInfo } from "./generated/consent.js";
import type { Uint64 } from "./generated/shared.js";
import { allPages, PAGE } from "./pages.js";
import type { Vitals } from "./vitals.js";

/**
 * The age recipient that an account published.
 * @throws VitalsError `keys/no_recipient` where it published none
 */
export async function recipientOf(vitals: Vitals, account: string): Promise<string> {
  const { recipient } = await vitals.consent.recipient({ account });
  if (recipient) return recipient;
  throw new VitalsError("keys/no_recipient", `${account} has published no recipient to seal to`);
}

/** Accounts that joined a team. */
export async function membersOf(vitals: Vitals, team: Uint64): Promise<string[]> {
  const all = await allPages(async (last: { account: string; joined: boolean } | undefined) => {
    const page = await vitals.consent.members({ team, start_after: last?.account ?? null, limit: PAGE });
    return page.members;
  });
  return all.filter(({ joined }) => joined).map(({ account }) => account);
}

/** All grants of a patient, revoked ones too. */
export function grantsOf(vitals: Vitals, patient: Uint64): Promise<GrantInfo[]> {
  return allPages(async (last: GrantInfo | undefined) => {
    const asked = { patient, start_after: last?.grant ?? null, limit: PAGE };
    return (await vitals.consent.grants(asked)).grants;
  });
}
