// Who may open a care plan, or the detail of an alert, besides the patient: whom consent permits it now. The rule is the
// core's; this asks the chain.

import { inCore, isReader, loadCore, readerQuestions, type SealedDocument } from "./core/index.js";
import type { GrantInfo, NamedGuardian, Party, QueryMsgs } from "./generated/consent.js";
import { allPages, PAGE } from "./pages.js";
import { grantsOf, membersOf } from "./recipients.js";
import type { Vitals } from "./vitals.js";

export type { SealedDocument } from "./core/index.js";

export interface Readers {
  /** Each with the recipient it published. */
  readonly recipients: ReadonlyMap<string, string>;
  /** Those who may open it and published none: they cannot. */
  readonly without: readonly string[];
}

type By = { grant: GrantInfo } | { guardian: NamedGuardian };

/**
 * The accounts, the patient's among them where a grant names it.
 * @throws VitalsError as queries
 */
export async function readersOf(vitals: Vitals, document: SealedDocument): Promise<Readers> {
  await loadCore();
  const { patient } = document;
  const candidates = new Map<string, By[]>();
  const offer = (account: string, by: By) => candidates.set(account, [...(candidates.get(account) ?? []), by]);
  for (const guardian of await guardiansOf(vitals, patient)) offer(guardian.guardian, { guardian });
  for (const grant of await grantsOf(vitals, patient)) {
    if (grant.revoked) continue;
    for (const account of await accountsOf(vitals, grant.grantee)) offer(account, { grant });
  }
  const told = [...candidates].map(async ([account, grounds]) => {
    for (const by of grounds) if (await permits(vitals, document, by, account)) return account;
    return undefined;
  });
  const accounts = (await Promise.all(told)).filter((account) => account !== undefined);
  const published = await Promise.all(accounts.map((account) => vitals.consent.recipient({ account })));
  const recipients = new Map<string, string>();
  const without: string[] = [];
  accounts.forEach((account, place) => {
    const recipient = published[place]?.recipient;
    if (recipient) recipients.set(account, recipient);
    else without.push(account);
  });
  return { recipients, without };
}

async function permits(vitals: Vitals, document: SealedDocument, by: By, who: string): Promise<boolean> {
  const questions = inCore(() => readerQuestions(document, by, who)) as QueryMsgs["decide"][][];
  const answers = await Promise.all(questions.flat().map((question) => vitals.consent.decide(question)));
  return inCore(() => isReader(questions, answers));
}

function guardiansOf(vitals: Vitals, patient: string): Promise<NamedGuardian[]> {
  return allPages(async (last: NamedGuardian | undefined) => {
    const asked = { patient, start_after: last?.guardian ?? null, limit: PAGE };
    return (await vitals.consent.guardians(asked)).guardians;
  });
}

function accountsOf(vitals: Vitals, grantee: Party): Promise<string[]> {
  return "account" in grantee ? Promise.resolve([grantee.account]) : membersOf(vitals, grantee.team);
}
