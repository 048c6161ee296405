import type { IndexedTx } from "@cosmjs/cosmwasm";
import { BroadcastTxError } from "@cosmjs/stargate";
import { expect, test } from "vitest";

import { type Includes, included } from "../src/inclusion.js";

const SIGNED = new TextEncoder().encode("signed");
/** SHA-256 of `signed`, by sha256sum. */
const HASH = "4A3CDFAE6F291C8F544DAEA5B72905CF9E74C1ED427D831AD0D7CA00C73C794D";
const LOST = new TypeError("fetch failed", { cause: new Error("other side closed") });
const KNOWN = new Error('{"code":-32603,"message":"Internal error","data":"tx already exists in cache"}');
const SEQUENCE = new BroadcastTxError(32, "sdk", "account sequence mismatch, expected 8, got 7");
const AWAY = new Error("Bad status on response: 502");

/** A node that answers in this order, and with the last of each for ever. */
function node(offers: readonly (string | Error)[], looks: readonly (string | null | Error)[]) {
  const asked = { offers: 0, looks: [] as string[] };
  const of = <T>(list: readonly T[], at: number) => list[Math.min(at, list.length - 1)] as T;
  const includes: Includes = {
    broadcastTxSync: async () => {
      const answer = of(offers, asked.offers++);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    getTx: async (hash) => {
      const answer = of(looks, asked.looks.push(hash) - 1);
      if (answer instanceof Error) throw answer;
      return answer === null ? null : ({ hash: answer } as IndexedTx);
    },
  };
  return { includes, asked };
}

const wait = (includes: Includes, withinMs = 2_000) =>
  included(includes, "http://node", SIGNED, { withinMs, pollMs: 5 });

test("a transaction is sent once, and looked for under its own hash until it is in a block", async () => {
  const { includes, asked } = node([HASH], [null, null, HASH]);
  expect((await wait(includes)).hash).toBe(HASH);
  expect(asked).toEqual({ offers: 1, looks: [HASH, HASH, HASH] });
});

test("a node that goes away while it is looked for takes nothing of it back", async () => {
  const { includes, asked } = node([HASH], [AWAY, LOST, HASH]);
  expect((await wait(includes)).hash).toBe(HASH);
  expect(asked.offers).toBe(1);
});

test.each([
  ["has them already", KNOWN],
  ["has them in a block", SEQUENCE],
])("the same bytes are offered again where the answer was lost, also to a node that %s", async (_, answer) => {
  const { includes, asked } = node([LOST, answer], [null, HASH]);
  expect((await wait(includes)).hash).toBe(HASH);
  expect(asked.offers).toBeGreaterThan(1);
});

test("what a node refuses at once was not sent", async () => {
  const { includes, asked } = node([SEQUENCE], [null]);
  await expect(wait(includes)).rejects.toMatchObject({ code: "tx/sequence" });
  const full = node([new Error("mempool is full")], [null]);
  await expect(wait(full.includes)).rejects.toMatchObject({ code: "tx/rejected" });
  expect([asked.offers, full.asked.offers]).toEqual([1, 1]);
});

test.each([
  ["is never seen in a block", [HASH], [null]],
  ["may have reached a node that then went away", [LOST], [LOST]],
])("a transaction that %s may still be included, and the error names it", async (_, offers, looks) => {
  const refused = wait(node(offers, looks).includes, 50);
  await expect(refused).rejects.toMatchObject({ code: "tx/timeout", reason: expect.stringContaining(HASH) });
});
