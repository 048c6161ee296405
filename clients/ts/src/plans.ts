// Care plans: written for those whom they concern, read by them.

import { checkPlan, type Identity, inCore, loadCore, sealTo } from "./core/index.js";
import { VitalsError } from "./errors.js";
import type { CurrentPlan, PlanInfo } from "./generated/care.js";
import { acknowledgePlan, writePlan as writePlanCall } from "./generated/care-calls.js";
import type { Category, GroundRef, Uint64 } from "./generated/shared.js";
import { type Readers, readersOf } from "./readers.js";
import { recipientOf } from "./recipients.js";
import { parsed } from "./vault-client.js";
import type { Stored, Vaults } from "./vaults.js";
import type { Sent, Vitals } from "./vitals.js";

/** A plan's content as analysis takes it; see docs/analysis.md. All parts may be left out. */
export type Plan = Readonly<Record<string, unknown>>;

export interface PlanToWrite {
  readonly patient: Uint64;
  readonly plan: Plan;
  /** What it is about: the ground has to cover all of them. */
  readonly categories: readonly Category[];
  /** Why the author may write plans: a grant. */
  readonly ground: GroundRef;
  /**
   * The newest version that the author has seen, 0 where there was none: what another wrote since is then not
   * overwritten unseen. The newest on the chain where absent.
   */
  readonly replaces?: number;
}

/** Lengths are public, so they say little: plans are padded with spaces, which JSON allows, to a power of two. */
const LEAST_BYTES = 4096;
/** As many as an age file is for. */
const MOST_RECIPIENTS = 256;
const HOUR_MS = 3_600_000;

/**
 * Checks a plan, seals it to the patient, the author and those whom consent lets read it now, gateways among them, puts
 * it in the vaults and its digest on the chain, after the newest version. It is in force once the patient acknowledges
 * it. Who is let read later opens it once it is written again.
 * @throws VitalsError `plan/…` where the plan cannot be, `keys/no_recipient` where somebody published none,
 * `care/plan_changed` where another version was written meanwhile, consent's refusal
 */
export async function writePlan(
  vitals: Vitals,
  vaults: Vaults,
  asked: PlanToWrite,
): Promise<{ sent: Sent; stored: Stored }> {
  await loadCore();
  const { patient, plan, categories, ground, replaces } = asked;
  const [category] = categories;
  if (!category || !vitals.account)
    throw new VitalsError("plan/categories", "a plan is of an account, about one category at least");
  inCore(() => checkPlan(plan));
  const recipients = await planRecipients(vitals, vitals.account.address, patient, categories);
  const file = inCore(() => sealTo(recipients, padded(plan)));
  const newest = replaces ?? (await vitals.care.currentPlan({ patient })).newest;
  const stored = await vaults.putPlan(patient, category, ground, file);
  const written = { categories: [...categories], digest: stored.digest, length: file.length };
  const sent = await vitals.send(writePlanCall({ patient, ground, plan: written, replaces: newest }));
  return { sent, stored };
}

/** The patient's and the author's, who must have published one, and those of the readers, none twice. */
async function planRecipients(
  vitals: Vitals,
  author: string,
  patient: Uint64,
  categories: readonly Category[],
): Promise<string[]> {
  const { controller } = await vitals.consent.patient({ patient });
  const own = await Promise.all([controller, author].map((account) => recipientOf(vitals, account)));
  const readers = await planReaders(vitals, patient, categories);
  return [...new Set([...own, ...readers.recipients.values()])].slice(0, MOST_RECIPIENTS);
}

/** Whom a plan about these categories is for now, besides the patient: author, gateways, and who may read it. */
export async function planReaders(vitals: Vitals, patient: Uint64, categories: readonly Category[]): Promise<Readers> {
  const { timeMs } = await vitals.head();
  const hour = Math.floor(timeMs / HOUR_MS);
  return readersOf(vitals, { kind: "plan", patient, categories: [...categories], hour });
}

function padded(plan: Plan): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(plan));
  const length = Math.max(LEAST_BYTES, 2 ** Math.ceil(Math.log2(text.length)));
  const bytes = new Uint8Array(length).fill(0x20);
  bytes.set(text);
  return bytes;
}

/**
 * A version of a plan, decrypted and checked.
 * @throws VitalsError `vault/…`, `age/…` where it is not sealed to the identity, `plan/…`
 */
export async function readPlan(
  vitals: Vitals,
  vaults: Vaults,
  identity: Identity,
  { patient, version, ground }: { patient: Uint64; version: number; ground: GroundRef },
): Promise<{ info: PlanInfo; plan: Plan }> {
  await loadCore();
  const info = await vitals.care.plan({ patient, version });
  const file = await vaults.getPlan(patient, version, info.digest, ground);
  const plan = parsed(inCore(() => identity.open(file)));
  if (typeof plan !== "object" || plan === null) throw new VitalsError("plan/form", `version ${version} holds no plan`);
  inCore(() => checkPlan(plan));
  return { info, plan: plan as Plan };
}

/** The plan in force and the number of the newest. */
export function currentPlan(vitals: Vitals, patient: Uint64): Promise<CurrentPlan> {
  return vitals.care.currentPlan({ patient });
}

export type { Readers } from "./readers.js";
export { acknowledgePlan };
