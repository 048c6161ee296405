/**
 * No contract lists whose grants name an account, or who appointed it guardian: the node's index of events does.
 * What is found there is a hint, to be confirmed by a query; a node without the index finds nothing.
 */
import { type EventSought, type TransactionSeen, transactions, type Vitals } from "@cw-vitals/client";

/** Transactions that are looked through for one question. */
const MOST = 100;

const ofConsent = (kind: string, attributes: Record<string, string>): EventSought => ({
  contract: "consent",
  kind,
  attributes,
});

/** What the events sought say under a name, each once, the newest first. */
async function found(vitals: Vitals, sought: EventSought, name: string): Promise<string[]> {
  return said(await transactions(vitals, sought, { newest: MOST }), sought, name);
}

/** Only of the events sought: a transaction may hold others of the same kind. */
export function said(seen: readonly Pick<TransactionSeen, "events">[], sought: EventSought, name: string): string[] {
  const wanted = Object.entries(sought.attributes ?? {});
  const told = seen
    .flatMap(({ events }) => events)
    .filter((event) => event.contract === sought.contract && event.kind === sought.kind)
    .filter(({ attributes }) => wanted.every(([key, value]) => attributes[key] === value))
    .flatMap(({ attributes }) => attributes[name] ?? []);
  return [...new Set(told.reverse())];
}

/** Patients with grants to the account or to one of its teams. */
export async function patientsGranting(vitals: Vitals, account: string): Promise<string[]> {
  const { teams } = await vitals.consent.teamsOf({ account });
  const sought = [{ grantee: account }, ...teams.map((team) => ({ team }))];
  return eachOnce(await Promise.all(sought.map((one) => found(vitals, ofConsent("granted", one), "patient"))));
}

/** Patients that appointed the account guardian, whether it still is or not. */
export function patientsAppointing(vitals: Vitals, account: string): Promise<string[]> {
  return found(vitals, ofConsent("guardian_appointed", { guardian: account }), "patient");
}

/** Patients for whom the account opened an emergency. */
export function patientsInEmergency(vitals: Vitals, account: string): Promise<string[]> {
  return found(vitals, ofConsent("emergency_opened", { responder: account }), "patient");
}

/** Teams that the account is in, was invited to, made, or was proposed as the admin of. */
export async function teamsKnown(vitals: Vitals, account: string): Promise<string[]> {
  const { teams } = await vitals.consent.teamsOf({ account });
  const sought = [
    ofConsent("member_invited", { account }),
    ofConsent("team_created", { admin: account }),
    ofConsent("team_admin_proposed", { admin: account }),
  ];
  return eachOnce([teams, ...(await Promise.all(sought.map((one) => found(vitals, one, "team"))))]);
}

const eachOnce = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())];
