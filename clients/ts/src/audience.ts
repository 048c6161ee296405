// Whom a package on a grant is for: an account, or those who are in a team now.

import { checkKeysAnswer, inCore, keysQuestion } from "./core/index.js";
import { VitalsError } from "./errors.js";
import type { GrantInfo, QueryMsgs } from "./generated/consent.js";
import type { Uint64 } from "./generated/shared.js";
import { membersOf, recipientOf } from "./recipients.js";
import type { Vitals } from "./vitals.js";

/** A grant, or a member of a team it is to, that got no package, and why. */
export interface Skipped {
  readonly grant: Uint64;
  readonly error: VitalsError;
}

export interface Audience {
  readonly recipients: readonly string[];
  readonly skipped: readonly Skipped[];
}

/** What is the grant's own fault passes it over; anything else stops the run. */
export function isGrantsFault({ code }: VitalsError): boolean {
  return /^(consent|package)\//.test(code) || GRANTS_FAULTS.has(code);
}

const GRANTS_FAULTS = new Set(["keys/no_keys", "keys/no_recipient", "keys/empty_team", "keys/erased"]);

/**
 * Those whom a grant still lets have keys, by the decision itself.
 * @throws VitalsError consent's refusal, `keys/no_recipient`, `keys/empty_team`
 */
export async function audienceOf(vitals: Vitals, patient: Uint64, grant: GrantInfo): Promise<Audience> {
  const told = async (who: string): Promise<string> => {
    const question = inCore(() => keysQuestion(patient, grant, who)) as QueryMsgs["decide"];
    const decision = await vitals.consent.decide(question);
    inCore(() => checkKeysAnswer(decision));
    return recipientOf(vitals, who);
  };
  if ("account" in grant.grantee) return { recipients: [await told(grant.grantee.account)], skipped: [] };
  return ofTeam(vitals, grant, grant.grantee.team, told);
}

async function ofTeam(
  vitals: Vitals,
  { grant }: GrantInfo,
  team: Uint64,
  told: (who: string) => Promise<string>,
): Promise<Audience> {
  const recipients: string[] = [];
  const skipped: Skipped[] = [];
  for (const member of await membersOf(vitals, team)) {
    try {
      recipients.push(await told(member));
    } catch (error) {
      if (!(error instanceof VitalsError) || !isGrantsFault(error)) throw error;
      skipped.push({ grant, error });
    }
  }
  if (recipients.length === 0)
    throw new VitalsError("keys/empty_team", `nobody of team ${team} may have keys by grant ${grant}`);
  return { recipients, skipped };
}
