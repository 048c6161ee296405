// Who saw what: a vault's log of a patient, each receipt held against the head that the chain keeps.

import { checkReceipt, inCore, loadCore, type Release } from "./core/index.js";
import { VitalsError } from "./errors.js";
import type { AnchoredLog } from "./generated/consent.js";
import type { GroundRef, Uint64 } from "./generated/shared.js";
import { allPages, PAGE } from "./pages.js";
import { parsed, type VaultClient } from "./vault-client.js";
import { groundText, type Vaults } from "./vaults.js";
import type { Vitals } from "./vitals.js";

/** What a vault says it released, and what the chain says of that. */
export interface VaultLog {
  /** Name of the vault. */
  readonly vault: string;
  /** The account that anchors it, as the vault says. */
  readonly account: string | undefined;
  /** Receipts in the log whose head is on the chain; 0 where none was anchored. */
  readonly anchored: number;
  /** Receipts that the chain knows of and the vault does not show. */
  readonly withheld: number;
  /** Oldest first, each with whether it is proved. */
  readonly releases: readonly Release[];
}

interface Page {
  readonly account: string | null;
  /** Receipts in the whole log. */
  readonly count: number;
  readonly receipts: readonly {
    readonly index: number;
    readonly receipt: string;
    readonly proof: string | null;
    readonly by_session?: { readonly session: string; readonly draw: string };
  }[];
}

/**
 * The logs of all vaults; one that does not answer is told with its error. The patient, or a guardian with the power
 * to read.
 */
export async function readLogs(
  vitals: Vitals,
  vaults: Vaults,
  patient: Uint64,
  ground: GroundRef,
): Promise<(VaultLog | { readonly vault: string; readonly error: VitalsError })[]> {
  const logs = [];
  for (const client of vaults.clients) {
    const read = readLog(vitals, client, patient, ground);
    logs.push(
      await read.catch((error: unknown) => {
        if (error instanceof VitalsError && !error.code.startsWith("wallet/")) return { vault: client.at.name, error };
        throw error;
      }),
    );
  }
  return logs;
}

/**
 * All of one vault's log. A proof that does not hold is told with its receipt.
 * @throws VitalsError `vault/…`, `node/…` where vault or chain do not answer, or not with receipts of the patient
 */
export async function readLog(
  vitals: Vitals,
  client: VaultClient,
  patient: Uint64,
  ground: GroundRef,
): Promise<VaultLog> {
  await loadCore();
  const { account } = await page(client, patient, ground, {});
  // what is anchored from here on changes nothing: logs only grow
  const head = await headOf(vitals, patient, account);
  const receipts = await everyPage(client, patient, ground, head?.count);
  return checked(client.at.name, patient, { account, receipts }, head);
}

/** Logs that accounts anchored of a patient, of vaults known here or not. */
export function anchoredLogs(vitals: Vitals, patient: Uint64): Promise<AnchoredLog[]> {
  return allPages(async (last: AnchoredLog | undefined) => {
    const asked = { patient, start_after: last?.vault ?? null, limit: PAGE };
    return (await vitals.consent.receipts(asked)).logs;
  });
}

async function headOf(vitals: Vitals, patient: Uint64, account: string | null): Promise<AnchoredLog | undefined> {
  if (account === null) return undefined;
  return (await anchoredLogs(vitals, patient)).find(({ vault }) => vault === account);
}

/** Which receipts: those after one, with proofs to the head of so many. */
interface Asked {
  readonly start_after?: number | undefined;
  readonly head?: number | undefined;
}

async function page(client: VaultClient, patient: Uint64, ground: GroundRef, asked: Asked): Promise<Page> {
  const more = (["start_after", "head"] as const)
    .filter((name) => asked[name] !== undefined)
    .map((name) => `&${name}=${asked[name]}`);
  const query = `ground=${groundText(ground)}&limit=${PAGE}${more.join("")}`;
  const told = parsed((await client.call({ method: "GET", target: `/v1/receipts/${patient}?${query}` })).bytes);
  if (isPage(told)) return { ...told, account: told.account ?? null };
  throw new VitalsError("vault/answer", `${client.at.name} sent no page of receipts`);
}

function isPage(told: unknown): told is Page {
  if (typeof told !== "object" || told === null) return false;
  return "receipts" in told && Array.isArray(told.receipts) && "count" in told && typeof told.count === "number";
}

/** All that there are at the first page: a log that is read from may grow faster than it is listed. */
async function everyPage(
  client: VaultClient,
  patient: Uint64,
  ground: GroundRef,
  head: number | undefined,
): Promise<Page["receipts"]> {
  const { count, receipts: first } = await page(client, patient, ground, { head });
  const receipts = [...first];
  while (receipts.length < count) {
    const last = receipts.at(-1)?.index;
    const told = await page(client, patient, ground, { start_after: last, head });
    const next = told.receipts[0]?.index;
    // a vault that repeats itself would never end
    if (next === undefined || (last !== undefined && next <= last)) break;
    receipts.push(...told.receipts);
  }
  return receipts;
}

function checked(
  vault: string,
  patient: Uint64,
  { account, receipts }: Pick<Page, "account" | "receipts">,
  head: AnchoredLog | undefined,
): VaultLog {
  const kept = head ? { count: head.count, root: head.root } : null;
  const releases = receipts.map((told, place) => {
    const { index } = told;
    const release = inCore(() => checkReceipt({ receipt: { ...told, proof: told.proof ?? null }, head: kept }));
    if (release.patient === patient && index === place) return release;
    throw new VitalsError("vault/answer", `${vault}: receipt ${place} is not the patient's at that place`);
  });
  const anchored = head?.count ?? 0;
  return {
    vault,
    account: account ?? undefined,
    anchored,
    withheld: Math.max(0, anchored - releases.length),
    releases,
  };
}
