// Identities, key packages and key files against the vectors.

import assert from "node:assert/strict";
import { test } from "node:test";

import { base64, codeOf, core, fromBase64, fromHex, hex, vectors } from "./load.mjs";

const file = vectors("key_file");
const batch = vectors("batch");
const tree = vectors("keytree");
const packages = vectors("package");
const WORK = 4;

test("a key package of another implementation opens with its identity alone", () => {
  const keys = core.KeyPackage.open(fromHex(packages.file), core.Identity.parse(packages.identity));
  assert.equal(keys.patient, packages.patient);
  const windows = keys.entries().flatMap(({ generation, category, windows }) =>
    windows.map(({ from, to }) => ({ generation, category, from, to })));
  const told = packages.entries.map(({ generation, category, from, to }) => ({ generation, category, from, to }));
  assert.deepEqual(windows.map((w) => w.category).sort(), told.map((w) => w.category).sort());
  const { generation, category, from, to } = told[0];
  assert.deepEqual([from - 1, from, to - 1, to].map((e) => keys.opens(generation, category, e)), [false, true, true, false]);
  const stranger = core.Identity.create();
  assert.equal(codeOf(() => core.KeyPackage.open(fromHex(packages.file), stranger)), "package/age");
  assert.equal(hex(core.digest(fromHex(packages.file))), packages.digest);
});

test("both versions of a key file that vitals keys writes are opened, and give the vectors' keys", () => {
  for (const [version, wrapped] of Object.entries(file.files)) {
    const keyring = core.Keyring.unlock(fromBase64(wrapped), file.passphrase);
    assert.equal(keyring.patient, file.patient);
    assert.equal(keyring.recipient, file.recipient);
    assert.equal(keyring.latest, file.generation);
    assert.equal(keyring.revision, version === "1" ? 0 : 4);
    assert.equal(hex(keyring.commitment(file.generation)), tree.derivation.commitment);
    assert.equal(keyring.openBatch(batch.info, fromBase64(batch.sealed)).count, 8);
  }
});

test("a key file comes back whole, and a wrong passphrase or an altered file says which", () => {
  const keyring = core.Keyring.create(file.patient, 3);
  const wrapped = keyring.lock("horse battery", WORK);
  const opened = core.Keyring.unlock(wrapped, "horse battery");
  assert.deepEqual(opened.commitment(3), keyring.commitment(3));
  assert.equal(opened.revision, 1);
  assert.equal(codeOf(() => core.Keyring.unlock(wrapped, "other")), "keys/wrong_passphrase");
  wrapped[wrapped.length - 1] ^= 1;
  assert.equal(codeOf(() => core.Keyring.unlock(wrapped, "horse battery")), "keys/altered");
  assert.equal(codeOf(() => core.Keyring.unlock(new Uint8Array(9), "x")), "keys/altered");
  assert.equal(codeOf(() => keyring.lock("x", 60)), "keys/work_factor");
});

test("a passphrase of another file's work is refused before its memory is taken", () => {
  const wrapped = core.Keyring.create("1", 0).lock("x", WORK);
  const text = Buffer.from(wrapped).toString("latin1").replace(/(-> scrypt \S+) 4\n/, "$1 40\n");
  assert.notEqual(text, Buffer.from(wrapped).toString("latin1"));
  assert.match(codeOf(() => core.Keyring.unlock(Buffer.from(text, "latin1"), "x")), /^keys\//);
});

test("what was erased is not opened again, and the rest is", () => {
  const keyring = core.Keyring.unlock(fromBase64(file.files[2]), file.passphrase);
  const { epoch } = batch.info.id;
  keyring.erase(["cardiac"], epoch + 1, epoch + 2);
  assert.equal(keyring.openBatch(batch.info, fromBase64(batch.sealed)).count, 8);
  keyring.erase(["cardiac"], epoch, epoch + 1);
  assert.equal(codeOf(() => keyring.openBatch(batch.info, fromBase64(batch.sealed))), "keys/erased");
  const again = core.Keyring.unlock(keyring.lock("x", WORK), "x");
  assert.deepEqual(again.generations(), [{ number: 3, whole: false }]);
  assert.equal(codeOf(() => again.openBatch(batch.info, fromBase64(batch.sealed))), "keys/erased");
});

test("guardians' lines open the backup, fewer do not", () => {
  const keyring = core.Keyring.create("7", 0);
  assert.equal(codeOf(() => keyring.backup()), "keys/no_recovery");
  const lines = keyring.shareRecovery(2, 3);
  const backup = keyring.backup();
  const restored = core.Keyring.unlockWith(backup, core.combineRecovery([lines[0], lines[2].toUpperCase()]));
  assert.deepEqual(restored.commitment(0), keyring.commitment(0));
  assert.equal(restored.recovery().threshold, 2);
  assert.equal(codeOf(() => core.combineRecovery(lines.slice(0, 1))), "shares/too_few");
  assert.equal(codeOf(() => core.combineRecovery([lines[0], lines[1].replace(/.$/, "b")])), "recovery/text");
});

test("recovery lines of another implementation give its identity", () => {
  const { identity, recipient, recovery, threshold } = vectors("emergency");
  const found = core.combineRecovery(recovery.shares.slice(0, threshold));
  assert.equal(found.reveal(), identity);
  assert.equal(found.recipient, recipient);
});

test("an identity shows its secret only when asked, and never in an error", () => {
  const identity = core.Identity.create();
  assert.equal(core.Identity.parse(identity.reveal()).recipient, identity.recipient);
  assert.ok(!JSON.stringify(identity).includes("SECRET"));
  const secret = identity.reveal().replace(/.$/, "!");
  try {
    core.Identity.parse(secret);
    assert.fail("taken");
  } catch (error) {
    assert.equal(error.code, "age/identity");
    assert.ok(!error.message.includes(secret.slice(16)));
  }
});

test("a file sealed to several opens for each and for nobody else", () => {
  const [one, two, three] = [1, 2, 3].map(() => core.Identity.create());
  const sealed = core.sealTo([one.recipient, two.recipient], Uint8Array.of(1, 2));
  for (const reader of [one, two]) assert.deepEqual(reader.open(sealed), Uint8Array.of(1, 2));
  assert.equal(codeOf(() => three.open(sealed)), "age/file");
  assert.equal(codeOf(() => core.sealTo(["age1x"], Uint8Array.of(1))), "age/recipient");
  assert.equal(codeOf(() => core.checkRecipient(one.recipient.toUpperCase())), "recipient/bech32");
  assert.equal(base64(core.recipientHash(one.recipient)).length, 44);
});
