/** A product's money, movement by movement, from the chain's history; the core draws and reconciles it. */
import { type TransactionSeen, transactions, type Vitals, VitalsError } from "@cw-vitals/client";
import type { PoolInfo } from "@cw-vitals/client/claims";
import type { StatementAsked } from "../../../worker/insurer";

/** Events that move money, or say what could not be paid. */
const KINDS = ["money_moved", "payment_failed", "collected"] as const;
/** Looks at the pool until no block came between. */
const TRIES = 5;

export interface StatementSources {
  asked: StatementAsked;
  /** The block after which the pool was so. */
  height: number;
}

export async function statementSources(vitals: Vitals, product: string): Promise<StatementSources> {
  const { pool, height } = await poolAt(vitals, product);
  const lists = await Promise.all(
    KINDS.map((kind) => transactions(vitals, { contract: "claims", kind, attributes: { product } })),
  );
  const claims = vitals.addressOf("claims");
  return { asked: { claims, product, pool, transactions: told(claims, lists.flat(), height) }, height };
}

/** Each transaction once, none after the height. */
export function told(
  claims: string,
  found: readonly TransactionSeen[],
  height: number,
): StatementAsked["transactions"] {
  const once = new Map(found.filter((tx) => tx.height <= height).map((tx) => [tx.hash, tx]));
  return [...once.values()].map(({ hash, height: at, timeMs, events }) => ({
    tx: hash,
    height: at,
    at: Math.floor(timeMs / 1000),
    events: events
      .filter(({ contract }) => contract === "claims")
      .map(({ kind, attributes }) => ({
        type: `wasm-${kind}`,
        attributes: [["_contract_address", claims], ...Object.entries(attributes)] as [string, string][],
      })),
  }));
}

async function poolAt(vitals: Vitals, product: string): Promise<{ pool: PoolInfo; height: number }> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { height } = await vitals.head();
    const pool = await vitals.claims.pool({ product });
    if ((await vitals.head()).height === height) return { pool, height };
  }
  throw new VitalsError("statement/moving", "a block came between every two looks at the chain");
}

/** The seconds of a local day's start, for the period of a statement. */
export function periodOf(from: number | undefined, to: number | undefined): { from?: number; to?: number } {
  return {
    ...(from === undefined ? {} : { from: Math.floor(from / 1000) }),
    ...(to === undefined ? {} : { to: Math.floor(to / 1000) }),
  };
}
