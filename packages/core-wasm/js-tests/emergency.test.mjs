// Shares from custodians, and receipts of what vaults released, against the vectors.

import assert from "node:assert/strict";
import { test } from "node:test";

import { base64, codeOf, core, fromHex, hex, vectors } from "./load.mjs";

const { emergency, identity, recipient, threshold } = vectors("emergency");
const receipts = vectors("receipt");

test("a custodian passes its share on to the responder alone", () => {
  const custodian = core.Identity.parse(emergency.custodian);
  const responder = core.Identity.create();
  const passed = core.passShareOn(fromHex(emergency.file), custodian, responder.recipient);
  const shares = new core.EmergencyShares();
  assert.equal(codeOf(() => shares.add(passed, custodian)), "emergency/file");
  shares.add(passed, responder);
  assert.equal(shares.count, 1);
  assert.equal(codeOf(() => shares.combine()), "emergency/too_few");
});

test("enough shares give the identity that opens the package", () => {
  const responder = core.Identity.create();
  const shares = new core.EmergencyShares();
  for (const share of emergency.shares.slice(-threshold)) {
    shares.add(core.sealTo([responder.recipient], fromHex(share)), responder);
  }
  const key = shares.combine();
  assert.equal(key.identity().reveal(), identity);
  assert.equal(key.identity().recipient, recipient);
  assert.equal(hex(key.packageDigest), emergency.package);
  assert.deepEqual([key.from, key.to, key.generation], [emergency.from, emergency.to, emergency.generation]);
});

const head = ({ count, root }) => ({ count, root: base64(fromHex(root)) });
const told = (log, { index, proof }, anchored = head(log)) => ({
  receipt: { index, receipt: base64(fromHex(receipts.receipts[index].bytes)), proof: base64(fromHex(proof)) },
  head: anchored,
});

test("every receipt of the vectors is proved, and at another place it is not", () => {
  for (const log of receipts.logs) {
    for (const inclusion of log.inclusion) {
      const release = core.checkReceipt(told(log, inclusion));
      const expected = receipts.receipts[inclusion.index];
      assert.equal(release.proof, "proved");
      assert.deepEqual([release.patient, release.who, release.digest], [expected.patient, expected.who, expected.digest]);
      const other = told(log, inclusion);
      other.head.root = base64(core.digest(Uint8Array.of(1)));
      assert.equal(core.checkReceipt(other).proof, "wrong");
    }
  }
});

test("a receipt that the chain knows no head for is not anchored", () => {
  const log = receipts.logs.at(-1);
  assert.equal(core.checkReceipt(told(log, log.inclusion[0], null)).proof, "not_anchored");
});

test("a log that grew is told from one that lost a receipt", () => {
  const roots = new Map(receipts.logs.map((log) => [log.count, log]));
  let checked = 0;
  for (const log of receipts.logs) {
    for (const { from, proof } of log.consistency) {
      if (!roots.has(from) || from === log.count) continue;
      core.checkLogGrew(head(roots.get(from)), head(log), fromHex(proof));
      assert.equal(codeOf(() => core.checkLogGrew(head(log), head(roots.get(from)), fromHex(proof))), "receipt/count");
      checked += 1;
    }
  }
  assert.ok(checked > 0);
});
