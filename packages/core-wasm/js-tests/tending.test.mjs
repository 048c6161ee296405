// What the key agent is told to do, on the chain's answers as plain objects.

import assert from "node:assert/strict";
import { test } from "node:test";

import { base64, codeOf, core } from "./load.mjs";

const HOUR = 3_600_000;
const NOW = 1_000;
const PATIENT = "18446744073709551615";
const patient = { patient: PATIENT, controller: "wasm1p", generation: 0, pending: false, raised_at_ms: 0, commitment: null };
const grant = { grant: "7", grantee: { team: "3" }, by: null, purposes: ["TREAT"], categories: ["cardiac"], actions: ["read"],
  window: { from: 900, to: 9_000 }, valid_from: 0, valid_until: 9_999_999, revoked: false, package: null };

const standing = (change) => ({ patient, grant, recipients: [], roll: null, nowMs: NOW * HOUR, ...change });

test("a package is sealed to its reader, recorded, and then nothing is due", () => {
  const keyring = core.Keyring.create(PATIENT, 0);
  const reader = core.Identity.create();
  const at = (change) => standing({ recipients: [reader.recipient], ...change });
  assert.equal(keyring.due(at({})), "seal");
  const sealed = keyring.sealFor(at({}));
  const { package: put, roll } = sealed.record();
  assert.equal(put.digest, base64(core.digest(sealed.file)));
  assert.equal(put.recipient_hash, base64(core.recipientHash(reader.recipient)));
  assert.deepEqual(keyring.due(at({ roll })), { record: roll });
  assert.equal(keyring.due(at({ roll, grant: { ...grant, package: put } })), "nothing");
  const opened = core.KeyPackage.open(sealed.file, reader);
  assert.deepEqual([opened.patient, opened.entries()[0].windows], [PATIENT, [{ from: 900, to: roll.until }]]);
});

test("a pending generation is brought in, and an older key file is told", () => {
  const keyring = core.Keyring.create(PATIENT, 0);
  const pending = { ...patient, pending: true, raised_at_ms: NOW * HOUR };
  assert.equal(core.generationDue(pending), 1);
  assert.deepEqual([keyring.bringIn(pending), keyring.bringIn(pending), keyring.latest], [true, false, 1]);
  const old = core.Keyring.create(PATIENT, 0);
  assert.equal(codeOf(() => old.check({ ...patient, generation: 1 })), "keys/behind");
  const foreign = base64(core.digest(Uint8Array.of(1)));
  assert.equal(codeOf(() => old.check({ ...patient, commitment: foreign })), "keys/commitment");
});

test("consent is asked before anybody gets keys, and its refusal is thrown with its own code", () => {
  const question = core.keysQuestion(PATIENT, grant, "wasm1doctor");
  assert.deepEqual([question.who, question.action, question.ground], ["wasm1doctor", "read", { grant: { id: 7 } }]);
  core.checkKeysAnswer({ refuse: { code: "consent/grant_not_yet_valid", reason: "consent/grant_not_yet_valid: wait" } });
  const revoked = { refuse: { code: "consent/grant_revoked", reason: "consent/grant_revoked: it is" } };
  assert.equal(codeOf(() => core.checkKeysAnswer(revoked)), "consent/grant_revoked");
  assert.equal(codeOf(() => core.keysQuestion(PATIENT, { ...grant, actions: ["write_plan"] }, "wasm1x")), "keys/no_keys");
  assert.equal(core.keepsPackage(grant), true);
});

test("custodians' shares open the emergency package, which is made again only when it is due", () => {
  const keyring = core.Keyring.create(PATIENT, 0);
  const keepers = { wasm1a: core.Identity.create(), wasm1b: core.Identity.create() };
  const recipients = Object.fromEntries(Object.entries(keepers).map(([account, keeper]) => [account, keeper.recipient]));
  const named = { custodians: Object.keys(keepers), threshold: 2, packages: null };
  const at = (change) => ({ patient, named, recipients, roll: null, nowMs: NOW * HOUR, ...change });
  const files = keyring.emergency(at({}));
  const shares = new core.EmergencyShares();
  const responder = core.Identity.create();
  for (const account of files.custodians) {
    shares.add(core.passShareOn(files.share(account), keepers[account], responder.recipient), responder);
  }
  const key = shares.combine();
  assert.deepEqual(key.packageDigest, core.digest(files.package));
  assert.ok(core.KeyPackage.open(files.package, key.identity()).opens(0, "cardiac", NOW));
  const { window, packages, roll } = files.record();
  const there = { ...named, packages: { generation: 0, window, packages } };
  assert.equal(keyring.emergency(at({ named: there, roll })), undefined);
  assert.notEqual(keyring.emergency(at({ named: there, roll, nowMs: (NOW + 30) * HOUR })), undefined);
  assert.equal(keyring.emergency(at({ named: { ...named, custodians: [], threshold: 0 }, recipients: {} })), undefined);
  assert.equal(codeOf(() => keyring.emergency(at({ patient: { ...patient, pending: true } }))), "keys/pending");
});
