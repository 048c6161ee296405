/** What the chain says an account is. */
import { announced, type EventSought, type Vitals, VitalsError } from "@cw-vitals/client";
import type { Standing } from "./standing";

const CREDENTIALS = ["clinician", "insurer", "emergency_responder", "custodian", "vault_operator"] as const;
const PAGE = 30;
/** Appointments that are looked through. */
const MOST_APPOINTMENTS = 2_000;

export async function standingOf(vitals: Vitals, account: string): Promise<Standing> {
  const [patients, guardian, credentials, owner, staff, attests] = await Promise.all([
    vitals.consent.patientsOf({ account, limit: PAGE }).then(({ patients: found }) => found),
    isGuardian(vitals, account),
    credentialsOf(vitals, account),
    ownsAny(vitals, account),
    wasNamed(vitals, { contract: "claims", kind: "staff_set", attributes: { account } }),
    attestsAny(vitals, account),
  ]);
  return { patients, guardian, credentials, owner, staff, attests };
}

async function credentialsOf(vitals: Vitals, account: string): Promise<string[]> {
  const asked = CREDENTIALS.map(async (role) => {
    const { live } = await vitals.consent.credential({ account, role });
    return live ? [role] : [];
  });
  return (await Promise.all(asked)).flat();
}

async function ownsAny({ consent, registry, anchor, care, claims }: Vitals, account: string): Promise<boolean> {
  const admins = await Promise.all([consent, registry, anchor, care, claims].map((contract) => contract.admin()));
  return admins.some(({ owner, pending_owner }) => owner === account || pending_owner === account);
}

/** A maker, or an issuer that was admitted once. */
async function attestsAny(vitals: Vitals, account: string): Promise<boolean> {
  const maker = await vitals.registry.maker({ maker: account }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof VitalsError && error.code === "state/not_found") return false;
      throw error;
    },
  );
  return maker || wasNamed(vitals, { contract: "consent", kind: "issuer_admitted", attributes: { issuer: account } });
}

/** By the node's index of events; a node without it names nobody. It joins over a transaction, so that the newest may name another. */
async function wasNamed(vitals: Vitals, sought: EventSought): Promise<boolean> {
  return (await announced(vitals, sought, { newest: PAGE })).events.length > 0;
}

/**
 * No contract lists a guardian's patients: the node's index of events does, and a query confirms one. A node without
 * that index finds none. Whoever has many false patients appoint an account does not take the role from it.
 */
async function isGuardian(vitals: Vitals, account: string): Promise<boolean> {
  const sought = { contract: "consent", kind: "guardian_appointed", attributes: { guardian: account } } as const;
  const { events } = await announced(vitals, sought, { newest: MOST_APPOINTMENTS });
  const named = [...new Set(events.flatMap(({ attributes }) => attributes.patient ?? []).reverse())];
  for (let at = 0; at < named.length; at += PAGE) {
    const found = named.slice(at, at + PAGE).map((patient) =>
      vitals.consent.guardian({ patient, guardian: account }).then(
        () => true,
        () => false,
      ),
    );
    if ((await Promise.all(found)).some((is) => is)) return true;
  }
  return false;
}
