/** Whom the deployment admits: issuers and credentials by the node's index of events, confirmed where the contract tells. */
import { type TransactionSeen, transactions, type Vitals } from "@cw-vitals/client";
import type { CredentialInfo, Role } from "@cw-vitals/client/consent";
import { eachOf } from "../lib/numbered";

export interface Issuer {
  issuer: string;
  roles: Role[];
}

export interface Credential extends CredentialInfo {
  account: string;
  role: Role;
}

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
  return eachOf(attested, async ({ account, role }) => ({
    account,
    role,
    ...(await vitals.consent.credential({ account, role })),
  }));
}
