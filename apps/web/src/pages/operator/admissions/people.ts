/** Whom the deployment admits: issuers and credentials by the node's index of events, confirmed where the contract tells. */
import { type TransactionSeen, transactions, type Vitals } from "@cw-vitals/client";
import type { CredentialInfo, ResponderInfo, Role } from "@cw-vitals/client/consent";
import { eachOf } from "../lib/numbered";

export interface Issuer {
  issuer: string;
  roles: Role[];
}

export interface Credential extends CredentialInfo {
  account: string;
  role: Role;
  /** Of an emergency responder: how its emergencies were judged. */
  responder?: ResponderInfo;
}

/** Why a responder opens no emergency although it is attested. */
export type Suspension = "rejected" | "overdue";

/** @param nowS Unix time, seconds; a review is overdue from its deadline on, as the contract counts */
export function suspensionOf({ responder }: Credential, nowS: number): Suspension | undefined {
  if (!responder) return undefined;
  if (responder.rejected > 0) return "rejected";
  return responder.review_by != null && nowS >= responder.review_by ? "overdue" : undefined;
}

/** Withdraws it, or reinstates the responder: the owner, and who issued it, admitted as an issuer still or not. */
export const mayJudge = ({ issuer }: Credential, who: string, owner: boolean) => owner || issuer === who;

const sent = (found: readonly TransactionSeen[], name: string): readonly unknown[] =>
  found.flatMap(({ calls }) =>
    calls.flatMap(({ contract, msg }) => (contract === "consent" && name in msg ? [msg[name]] : [])),
  );

/** By the last word on each: admitted with these roles, or removed. */
export function issuersIn(found: readonly TransactionSeen[]): Issuer[] {
  const last = new Map<string, Role[]>();
  for (const { calls } of found) {
    for (const { contract, msg } of calls) {
      if (contract !== "consent") continue;
      const { admit_issuer, remove_issuer } = msg as { admit_issuer?: Issuer; remove_issuer?: { issuer: string } };
      if (admit_issuer) last.set(admit_issuer.issuer, admit_issuer.roles);
      if (remove_issuer) last.delete(remove_issuer.issuer);
    }
  }
  return [...last].map(([issuer, roles]) => ({ issuer, roles }));
}

export async function issuersOf(vitals: Vitals): Promise<Issuer[]> {
  const [admitted, removed] = await Promise.all([
    transactions(vitals, { contract: "consent", kind: "issuer_admitted" }),
    transactions(vitals, { contract: "consent", kind: "issuer_removed" }),
  ]);
  const once = new Map([...admitted, ...removed].map((one) => [one.hash, one]));
  return issuersIn([...once.values()].sort((a, b) => a.height - b.height));
}

/** Accounts and roles that were ever attested, each once. */
export function attestedIn(found: readonly TransactionSeen[]): { account: string; role: Role }[] {
  const once = new Map<string, { account: string; role: Role }>();
  for (const value of sent(found, "issue_credential")) {
    const { account, role } = value as { account: string; role: Role };
    once.set(`${account}/${role}`, { account, role });
  }
  return [...once.values()];
}

/** Every credential that was issued, as the contract tells it now. */
export async function credentialsOf(vitals: Vitals): Promise<Credential[]> {
  const attested = attestedIn(await transactions(vitals, { contract: "consent", kind: "credential_issued" }));
  return eachOf(attested, async ({ account, role }) => {
    const { consent } = vitals;
    const info = await consent.credential({ account, role });
    if (role !== "emergency_responder") return { account, role, ...info };
    return { account, role, ...info, responder: await consent.responder({ account }) };
  });
}
