/** The accounts of a product's book, as docs and statements name them. */
import type { PoolInfo } from "@cw-vitals/client/claims";
import { sum } from "../../money/amount";

export const SOURCES = ["deposits", "premiums", "claim_deposits", "reclaimed"] as const;
export const USES = ["free", "locked", "held", "paid", "rebated", "withdrawn", "refunded", "returned", "fees"] as const;
export type AccountName = (typeof SOURCES)[number] | (typeof USES)[number];

/** Both sides of what the chain says of a pool; they are equal, always. */
export function balance(pool: PoolInfo): { came: string; isOrWent: string } {
  return { came: sum(SOURCES.map((account) => pool[account])), isOrWent: sum(USES.map((account) => pool[account])) };
}
