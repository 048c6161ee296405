/** What the chain says an account is. */
import { type EventSought, transactions, type Vitals, VitalsError } from "@cw-vitals/client";
import type { Standing } from "./standing";

const CREDENTIALS = ["clinician", "insurer", "emergency_responder", "custodian", "vault_operator"] as const;
const PAGE = 30;
/** Appointments that are looked through. */
const MOST_APPOINTMENTS = 100;

export async function standingOf(vitals: Vitals, account: string): Promise<Standing> {
  const [patients, inCareOf, credentials, owner, staff, attests] = await Promise.all([
    vitals.consent.patientsOf({ account, limit: PAGE }).then(({ patients: found }) => found),
    guardedBy(vitals, account),
    credentialsOf(vitals, account),
    ownsAny(vitals, account),
    wasNamed(vitals, { contract: "claims", kind: "staff_set", attributes: { account } }),
    attestsAny(vitals, account),
  ]);
  return { patients, inCareOf, credentials, owner, staff, attests };
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

/** By the node's index of events; a node without that index names nobody. */
async function wasNamed(vitals: Vitals, sought: EventSought): Promise<boolean> {
  return (await transactions(vitals, sought, { newest: 1 })).length > 0;
}

/**
 * No contract lists a guardian's patients: the node's index of events does, and each is confirmed by a query. A
 * node without that index finds none.
 */
async function guardedBy(vitals: Vitals, account: string): Promise<string[]> {
  const query = `wasm-guardian_appointed.guardian='${account}'`;
  const { txs } = await vitals.node.comet.txSearch({ query, per_page: MOST_APPOINTMENTS });
  const decoder = new TextDecoder();
  const text = (value: unknown) => (typeof value === "string" ? value : decoder.decode(value as Uint8Array));
  const named = txs
    .flatMap((tx) => [...tx.result.events])
    .filter((event) => event.type === "wasm-guardian_appointed")
    .flatMap((event) => event.attributes.filter((one) => text(one.key) === "patient").map((one) => text(one.value)));
  const confirmed = [...new Set(named)].map(async (patient) => {
    const found = await vitals.consent.guardian({ patient, guardian: account }).catch(() => undefined);
    return found ? [patient] : [];
  });
  return (await Promise.all(confirmed)).flat();
}
