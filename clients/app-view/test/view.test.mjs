import assert from "node:assert/strict";
import { test } from "node:test";

import { text } from "../src/print.mjs";
import { allBatches, allClaims } from "../src/view.mjs";

const batch = (sequence) => ({
  id: { patient: "7", category: "cardiac", epoch: 490_000, device: "3", sequence: String(sequence) },
  pairing: 1,
  root: Buffer.alloc(32, 1).toString("base64"),
  private_root: null,
  digest: Buffer.alloc(32, 0xab).toString("base64"),
  length: 4096,
  count: 600,
  first_at_ms: 1_764_000_000_000,
  last_at_ms: 1_764_000_001_250,
  generation: 1,
  assurance: "maker",
  calibrated: true,
  simulated: sequence === 2,
  anchored_at_ms: 1_764_000_002_000,
});

/** A contract that pages through `all`, `most` at a time. */
function paged(all, most) {
  return async ({ batches: { start_after, limit } }) => {
    const from = start_after === null ? 0 : all.findIndex((b) => b.id.sequence === start_after.sequence) + 1;
    return { batches: all.slice(from, from + Math.min(limit, most)) };
  };
}

test("every batch is listed once, however few a page holds", async () => {
  const all = Array.from({ length: 65 }, (_, i) => batch(i + 1));
  for (const most of [30, 7, 1]) {
    const found = await allBatches(paged(all, most), "7", "cardiac");
    assert.deepEqual(found.map((b) => b.sequence), all.map((b) => b.id.sequence));
  }
  assert.deepEqual(await allBatches(paged([], 30), "7", "cardiac"), []);
});

test("a contract whose pages do not go on is an error, not a loop", async () => {
  const stuck = async () => ({ batches: [batch(1)] });
  await assert.rejects(allBatches(stuck, "7", "cardiac"), { code: "app/paging" });
});

test("the text names counts, digests in hex, and what is simulated", async () => {
  const cardiac = await allBatches(paged([batch(1), batch(2)], 30), "7", "cardiac");
  const shown = text({ node: "http://node", height: 9, patient: "7", batches: { cardiac, activity: [] } });
  assert.match(shown, /cardiac: 2 batches, 1200 readings/);
  assert.match(shown, /activity: no batches/);
  assert.match(shown, /2025-11-24 16:00:00 {2}16:00:01\.250 {2}600 .* 3\/1 .*(ab){32}$/m);
  assert.match(shown, /3\/2 .*(ab){32} {2}SIMULATED$/m);
});

test("a shredded batch is shown as one, without a digest", () => {
  const shredded = { ...batch(1), digest: "", shredded: { by: "wasm1patient", at_ms: 1_764_000_003_000 } };
  const shown = text({ node: "http://node", height: 9, patient: "7", batches: { cardiac: [shredded] } });
  assert.match(shown, /SHREDDED/);
});

const policy = {
  policy: "4", product: "2", version: 1, patient: "7", policyholder: "wasm1payee", payee: "wasm1payee", state: "active",
  bound_at: 1_764_000_000, covered_from: 1_764_000_000, covered_until: 1_764_003_600, file_until: 1_764_007_200,
  premium_paid: "20", next_due: 1_764_003_000, next_amount: "20", claims_paid: 1, claims_most: 3, claims_open: 1,
  locked: "500", denom: "uvital",
};

const claim = (number, state, paid, evidence) => ({
  policy: "4", claim: number, state, claimant: "wasm1claimant", filed_at: 1_764_000_010, paid, evidence,
});
const disclosed = { disclosed: { from_ms: 1_764_000_000_000, to_ms: 1_764_000_001_000 } };
const invoice = { invoice: { claimed: "90", served_from: 1_764_000_000, served_until: 1_764_000_005 } };

test("the text names the policy, what is locked, and each claim with its time, state and amount", () => {
  const claims = [claim(1, "paid", "500", disclosed), claim(2, "appealed", "40", invoice)];
  const shown = text({ node: "http://node", height: 9, patient: "7", batches: {}, policy, claims });
  assert.match(shown, /policy 4 of product 2, version 1: active/);
  assert.match(shown, /premium {2}20 uvital paid, 20 uvital due 2025-11-24 16:50:00/);
  assert.match(shown, /locked {3}500 uvital/);
  assert.match(shown, /claims {3}1 of 3 paid, 1 open/);
  assert.match(shown, /claim 1: paid, 500 uvital paid, filed 2025-11-24 16:00:10 by wasm1claimant, for readings of/);
  assert.match(shown, /claim 2: appealed, 40 uvital paid, .* on an invoice of 90 for 2025-11-24 16:00:00/);
});

test("claims are paged by what the contract says is next", async () => {
  const all = Array.from({ length: 5 }, (_, i) => claim(i + 1, "paid", "1", disclosed));
  const ask = (most) => async ({ claims: { start_after } }) => {
    const page = all.filter((c) => c.claim > (start_after ?? 0)).slice(0, most);
    const last = page.at(-1);
    return { claims: page, next: last && last.claim < 5 ? { policy: "4", claim: last.claim } : null };
  };
  for (const most of [1, 2, 30]) {
    assert.deepEqual((await allClaims(ask(most), "4")).map((c) => c.claim), [1, 2, 3, 4, 5]);
  }
  const stuck = async () => ({ claims: [all[0]], next: { policy: "4", claim: 1 } });
  await assert.rejects(allClaims(stuck, "4"), { code: "app/paging" });
});
