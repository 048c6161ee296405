// Readings out of a ciphertext, and every way in which it is none.

import assert from "node:assert/strict";
import { test } from "node:test";

import { base64, codeOf, core, fromBase64, vectors } from "./load.mjs";

const vector = vectors("batch");
const keys = () => core.KeyPackage.open(fromBase64(vector.package), core.Identity.parse(vector.identity));
const sealed = () => fromBase64(vector.sealed);

test("a batch opens to columns of what the device signed", () => {
  const batch = keys().openBatch(vector.info, sealed());
  const column = (at) => vector.readings.map((reading) => reading[at]);
  assert.deepEqual(batch.measures, Uint16Array.from(column(0)));
  assert.deepEqual(batch.values, Float64Array.from(column(1)));
  assert.deepEqual(batch.times, Float64Array.from(column(2)));
  assert.deepEqual(batch.flags, Uint8Array.from(column(3)));
  assert.equal(batch.count, 8);
  assert.equal(batch.simulated, true);
});

test("columns stay when the batch is freed", () => {
  const batch = keys().openBatch(vector.info, sealed());
  const { values } = batch;
  batch.free();
  assert.equal(values[0], vector.readings[0][1]);
});

test("a ciphertext that is not the one the chain points to is refused before it is opened", () => {
  for (let at = 0; at < sealed().length; at += 7) {
    const altered = sealed();
    altered[at] ^= 1;
    assert.equal(codeOf(() => keys().openBatch(vector.info, altered)), "reader/digest");
  }
});

test("an altered ciphertext that the pointer was altered for is not authentic", () => {
  const altered = sealed();
  altered[40] ^= 1;
  const info = { ...vector.info, digest: base64(core.digest(altered)) };
  assert.equal(codeOf(() => keys().openBatch(info, altered)), "payload/not_authentic");
});

test("another key, generation, hour or patient opens nothing, each with its own code", () => {
  const other = core.Keyring.create(vector.info.id.patient, vector.info.generation);
  assert.equal(codeOf(() => other.openBatch(vector.info, sealed())), "payload/not_authentic");
  const of = (change) => codeOf(() => keys().openBatch({ ...vector.info, ...change }, sealed()));
  const id = (change) => ({ id: { ...vector.info.id, ...change } });
  assert.equal(of({ generation: 4 }), "keys/none");
  assert.equal(of(id({ category: "respiratory" })), "keys/none");
  assert.equal(of(id({ epoch: 1 })), "keys/none");
  assert.equal(of(id({ patient: "1" })), "keys/patient");
  const third = core.Keyring.create("1", vector.info.generation);
  assert.equal(codeOf(() => third.openBatch(vector.info, sealed())), "keys/patient");
});

test("whatever else is anchored of it, the ciphertext does not open in its place", () => {
  const changes = [{ pairing: 2 }, { count: 9 }, { simulated: false }, { first_at_ms: vector.info.first_at_ms + 1 }];
  for (const change of changes) {
    assert.equal(codeOf(() => keys().openBatch({ ...vector.info, ...change }, sealed())), "payload/not_authentic");
  }
});

test("a sealer that sealed other readings than were signed is found out", () => {
  for (const { code, info, sealed: bytes, why } of vector.refused) {
    assert.equal(codeOf(() => keys().openBatch(info, fromBase64(bytes))), code, why);
  }
});

test("a shredded batch says so", () => {
  const info = { ...vector.info, root: "", digest: "", length: 0, shredded: { by: "wasm1x", at_ms: 1 } };
  assert.equal(codeOf(() => keys().openBatch(info, sealed())), "reader/shredded");
});

test("an answer of another form is refused, and numbers of an id stay text", () => {
  assert.equal(codeOf(() => keys().openBatch({}, sealed())), "core/object");
  assert.equal(codeOf(() => keys().openBatch(undefined, sealed())), "core/object");
  assert.equal(codeOf(() => core.Keyring.create("1.0", 0)), "core/number");
  assert.equal(keys().patient, "81985529216486895");
});

test("published readings are checked against the root, and others are not shown", () => {
  const batch = keys().openBatch(vector.info, sealed());
  const proof = batch.prove(Uint16Array.of(1, 6));
  const shown = core.checkEvidence(vector.info, proof);
  assert.deepEqual(
    shown.map(({ index, value, atMs }) => [index, value, atMs]),
    [1, 6].map((index) => [index, vector.readings[index][1], vector.readings[index][2]]),
  );
  const root = base64(core.digest(proof));
  assert.equal(codeOf(() => core.checkEvidence({ ...vector.info, root }, proof)), "proof/root");
  assert.equal(codeOf(() => batch.prove(Uint16Array.of(8))), "proof/index");
});
