// What happened before: transactions by the events of this deployment's contracts, from the node's index.

import { wasmTypes } from "@cosmjs/cosmwasm";
import { fromUtf8 } from "@cosmjs/encoding";
import { decodeTxRaw, Registry } from "@cosmjs/proto-signing";

import { addresses, eventsOf, type VitalsEvent } from "./chain-events.js";
import type { ContractName } from "./contract.js";
import { VitalsError } from "./errors.js";
import { asked } from "./node.js";
import type { Vitals } from "./vitals.js";

/** A message that a transaction carried to a contract of the deployment. */
export interface CallSeen {
  readonly contract: ContractName;
  readonly sender: string;
  /** As it was sent; what is in it was checked by the contract. */
  readonly msg: Readonly<Record<string, unknown>>;
}

/** A transaction that was executed. */
export interface TransactionSeen {
  /** Upper-case hex. */
  readonly hash: string;
  readonly height: number;
  /** Block time, milliseconds since 1970. */
  readonly timeMs: number;
  readonly events: readonly VitalsEvent[];
  /** The messages straight to contracts; one inside another contract's call is not among them. */
  readonly calls: readonly CallSeen[];
}

/** What is looked for: events of one kind, with these attributes. */
export interface EventSought {
  readonly contract: ContractName;
  readonly kind: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface SearchOptions {
  /** The newest so many; all where absent. */
  readonly newest?: number;
}

const PAGE = 100;
const EXECUTE = "/cosmwasm.wasm.v1.MsgExecuteContract";
const messages = new Registry(wasmTypes);

/** What a contract said, without the transactions round it. */
export interface Announced {
  /** Oldest first. */
  readonly events: readonly VitalsEvent[];
  /** There are older ones, which were not looked at. */
  readonly cut: boolean;
}

/**
 * Transactions in which a contract announced something, oldest first. A node that has pruned its index, or has
 * none, gives fewer or none: where it matters that none is missing, hold them against what the chain counts.
 * @throws VitalsError `node/unreachable`, `node/refused`
 */
export async function transactions(
  vitals: Vitals,
  sought: EventSought,
  options: SearchOptions = {},
): Promise<TransactionSeen[]> {
  const { newest } = options;
  const found: TransactionSeen[] = [];
  for await (const { txs } of searched(vitals, sought, newest)) {
    for (const { hash, height, tx, result } of txs) {
      if (result.code !== 0) continue;
      const events = eventsOf(vitals.network.deployment, result.events);
      if (!events.some((event) => isSought(event, sought))) continue;
      found.push({ hash: hex(hash), height, timeMs: await timeOf(vitals, height), events, calls: callsOf(vitals, tx) });
    }
  }
  return newest === undefined ? found : found.slice(0, newest).reverse();
}

/**
 * Only the events sought, of at most the `newest` so many transactions: for what asks who or what is named, and not
 * when. No block is asked for.
 * @throws VitalsError `node/unreachable`, `node/refused`
 */
export async function announced(vitals: Vitals, sought: EventSought, options: SearchOptions = {}): Promise<Announced> {
  const { newest } = options;
  const found: VitalsEvent[][] = [];
  let cut = false;
  for await (const { txs, totalCount } of searched(vitals, sought, newest)) {
    cut = newest !== undefined && totalCount > newest;
    for (const { result } of txs) {
      if (result.code !== 0) continue;
      const events = eventsOf(vitals.network.deployment, result.events);
      found.push(events.filter((event) => isSought(event, sought)));
    }
  }
  const ordered = newest === undefined ? found : found.slice(0, newest).reverse();
  return { events: ordered.flat(), cut };
}

/** The node's index page by page: oldest first, or the newest so many, newest first. */
async function* searched(vitals: Vitals, sought: EventSought, newest: number | undefined) {
  const query = queryOf(vitals, sought);
  const per_page = Math.min(newest ?? PAGE, PAGE);
  const order_by = newest === undefined ? "asc" : "desc";
  for (let page = 1; ; page++) {
    const answer = await asked(vitals.node.url, () => vitals.node.comet.txSearch({ query, page, per_page, order_by }));
    yield answer;
    const wanted = Math.min(newest ?? answer.totalCount, answer.totalCount);
    if (page * per_page >= wanted || answer.txs.length === 0) break;
  }
}

function queryOf(vitals: Vitals, { contract, kind, attributes = {} }: EventSought): string {
  const named = { _contract_address: vitals.addressOf(contract), ...attributes };
  const conditions = Object.entries(named).map(([name, value]) => {
    if (/['\\]/.test(value)) throw new VitalsError("node/query", `${name} cannot be searched for: ${value}`);
    return `wasm-${kind}.${name}='${value}'`;
  });
  return conditions.join(" AND ");
}

/** The index joins conditions over all events of a transaction; what is sought is one event. */
function isSought(event: VitalsEvent, { contract, kind, attributes = {} }: EventSought): boolean {
  const same = Object.entries(attributes).every(([name, value]) => event.attributes[name] === value);
  return event.contract === contract && event.kind === kind && same;
}

/** Times of blocks never change: each is asked once for each connection. */
const times = new WeakMap<Vitals["node"], Map<number, Promise<number>>>();

function timeOf(vitals: Vitals, height: number): Promise<number> {
  const known = times.get(vitals.node) ?? new Map<number, Promise<number>>();
  times.set(vitals.node, known);
  const found = known.get(height) ?? blockTime(vitals, height);
  known.set(height, found);
  found.catch(() => known.delete(height));
  return found;
}

async function blockTime({ node }: Vitals, height: number): Promise<number> {
  const { block } = await asked(node.url, () => node.comet.block(height));
  return block.header.time.getTime();
}

interface Executed {
  contract: string;
  sender: string;
  msg: Uint8Array;
}

function callsOf(vitals: Vitals, tx: Uint8Array): CallSeen[] {
  const names = new Map(
    Object.entries(addresses(vitals.network.deployment)).map(([name, address]) => [address, name as ContractName]),
  );
  return decodeTxRaw(tx).body.messages.flatMap(({ typeUrl, value }) => {
    if (typeUrl !== EXECUTE) return [];
    const { contract, sender, msg } = messages.decode({ typeUrl, value }) as Executed;
    const name = names.get(contract);
    const read = jsonObject(msg);
    return name && read ? [{ contract: name, sender, msg: read }] : [];
  });
}

function jsonObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
