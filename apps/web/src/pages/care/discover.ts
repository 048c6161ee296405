/**
 * No contract lists whose grants name an account, or who appointed it guardian: the node's index of events does.
 * What is found there is a hint, to be confirmed by a query; a node without the index finds nothing. Anybody can have
 * an event name an account, as often as they pay for.
 */
import { announced, type EventSought, type Vitals, type VitalsEvent } from "@cw-vitals/client";

/** Transactions that are looked through for one question, twenty pages of the index. */
const MOST = 2_000;

/** What events name, the newest first. */
export interface Found {
  named: string[];
  /** There are older events, which were not looked through: somebody may be missing. */
  cut: boolean;
}

const ofConsent = (kind: string, attributes: Record<string, string>): EventSought => ({
  contract: "consent",
  kind,
  attributes,
});

async function found(vitals: Vitals, sought: EventSought, name: string): Promise<Found> {
  const { events, cut } = await announced(vitals, sought, { newest: MOST });
  return { named: said(events, name), cut };
}

/** What events say under a name, each once, the newest first. */
export function said(events: readonly Pick<VitalsEvent, "attributes">[], name: string): string[] {
  return [...new Set(events.flatMap(({ attributes }) => attributes[name] ?? []).reverse())];
}

/** Patients with grants to the account or to one of its teams. */
export async function patientsGranting(vitals: Vitals, account: string): Promise<Found> {
  const { teams } = await vitals.consent.teamsOf({ account });
  const sought = [{ grantee: account }, ...teams.map((team) => ({ team }))];
  return together(await Promise.all(sought.map((one) => found(vitals, ofConsent("granted", one), "patient"))));
}

/** Patients that appointed the account guardian, whether it still is or not. */
export function patientsAppointing(vitals: Vitals, account: string): Promise<Found> {
  return found(vitals, ofConsent("guardian_appointed", { guardian: account }), "patient");
}

/** Patients for whom the account opened an emergency. */
export async function patientsInEmergency(vitals: Vitals, account: string): Promise<string[]> {
  return (await found(vitals, ofConsent("emergency_opened", { responder: account }), "patient")).named;
}

/** Teams that the account is in, was invited to, made, or was proposed as the admin of. */
export async function teamsKnown(vitals: Vitals, account: string): Promise<string[]> {
  const { teams } = await vitals.consent.teamsOf({ account });
  const sought = [
    ofConsent("member_invited", { account }),
    ofConsent("team_created", { admin: account }),
    ofConsent("team_admin_proposed", { admin: account }),
  ];
  const { named } = together(await Promise.all(sought.map((one) => found(vitals, one, "team"))));
  return [...new Set([...teams, ...named])];
}

function together(all: readonly Found[]): Found {
  return { named: [...new Set(all.flatMap(({ named }) => named))], cut: all.some(({ cut }) => cut) };
}
