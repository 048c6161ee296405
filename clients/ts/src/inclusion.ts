// From signed bytes to the block that has them, over a connection that may fail at any moment.
//
// Once the bytes have left, no failing answer means that nothing was sent: the same bytes are offered until the
// node says that it has them, which cannot make two transactions of them, and are looked for until they are in a block.

import type { CosmWasmClient, IndexedTx } from "@cosmjs/cosmwasm";
import { toHex } from "@cosmjs/encoding";

import { textOf, VitalsError } from "./errors.js";
import { isUnreachable, nodeError } from "./node.js";
import { digest } from "./request.js";

/** What of a node's client a transaction needs. */
export type Includes = Pick<CosmWasmClient, "broadcastTxSync" | "getTx">;

/** How long and how often, in milliseconds. */
export interface Patience {
  readonly withinMs: number;
  readonly pollMs: number;
}

const USUAL: Patience = { withinMs: 60_000, pollMs: 300 };
/** CometBFT's answer to bytes that it has already. */
const KNOWN = /tx already exists in cache/;

/**
 * The transaction in its block, executed or failed there.
 * @param url of the node, for the text
 * @throws VitalsError `tx/sequence`, `tx/fee`, `tx/rejected` where the node did not take it: nothing was sent;
 * `tx/timeout` where it was not seen in a block in time: it may still be included, and the error names its hash
 */
export async function included(
  node: Includes,
  url: string,
  signed: Uint8Array,
  { withinMs, pollMs }: Patience = USUAL,
): Promise<IndexedTx> {
  const hash = toHex(await digest(signed)).toUpperCase();
  const end = Date.now() + withinMs;
  let taken = false;
  let last: unknown;
  for (let attempt = 0; Date.now() < end; attempt++) {
    try {
      if (!taken) taken = await offered(node, url, signed, attempt > 0);
      const found = await node.getTx(hash);
      if (found) return found;
    } catch (error) {
      if (error instanceof VitalsError) throw error;
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  const why = last === undefined ? "" : ` (last of all: ${textOf(last)})`;
  const text = `${hash} was not seen in a block for ${withinMs / 1_000} s; it may still be included${why}`;
  throw new VitalsError("tx/timeout", text, { cause: last });
}

/**
 * Whether the node has it now.
 * @param again an earlier answer was lost: the node may refuse what is in a block since, such as by its sequence
 */
async function offered(node: Includes, url: string, signed: Uint8Array, again: boolean): Promise<boolean> {
  try {
    await node.broadcastTxSync(signed);
    return true;
  } catch (error) {
    if (KNOWN.test(textOf(error))) return true;
    if (isUnreachable(error)) throw error;
    if (again) return false;
    throw refusal(url, error);
  }
}

function refusal(url: string, error: unknown): VitalsError {
  const found = nodeError(url, error);
  if (found.code !== "node/refused") return found;
  return new VitalsError("tx/rejected", `the node did not take the transaction: ${textOf(error)}`, { cause: error });
}
