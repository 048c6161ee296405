import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { Decrypter, generateIdentity, identityToRecipient } from "age-encryption";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** A key package sealed to these recipients by our code, and the SHA-256 of what is inside. */
function sealed(recipients) {
  const program = ["run", "--locked", "--quiet", "-p", "vitals-keys", "--example", "sealed_package", "--"];
  const ran = spawnSync("cargo", [...program, ...recipients], { cwd: root, maxBuffer: 1 << 24 });
  assert.equal(ran.status, 0, ran.stderr.toString());
  return { file: new Uint8Array(ran.stdout), digest: ran.stderr.toString().trim().split("\n").at(-1) };
}

async function opened(file, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return Buffer.from(await decrypter.decrypt(file));
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

test("a key package opens with npm's age to the bytes that were sealed", async () => {
  const identity = await generateIdentity();
  const { file, digest } = sealed([await identityToRecipient(identity)]);
  const plain = await opened(file, identity);
  assert.equal(sha256(plain), digest);
  assert.equal(plain.readUInt8(0), 1, "version");
  assert.equal(plain.readBigUInt64BE(1), 7n, "patient");
  assert.equal(plain.readUInt16BE(9), 2, "entries");
});

test("a team's package opens for each member and for nobody else", async () => {
  const [one, other, stranger] = await Promise.all([generateIdentity(), generateIdentity(), generateIdentity()]);
  const { file, digest } = sealed([await identityToRecipient(one), await identityToRecipient(other)]);
  assert.equal(sha256(await opened(file, one)), digest);
  assert.equal(sha256(await opened(file, other)), digest);
  await assert.rejects(opened(file, stranger));
});

test("an emergency share of the vectors opens to the bytes they give", async () => {
  const vectors = JSON.parse(readFileSync(`${root}/testdata/vectors/emergency.json`, "utf8"));
  const { custodian, file, shares } = vectors.emergency;
  const plain = await opened(new Uint8Array(Buffer.from(file, "hex")), custodian);
  assert.equal(plain.toString("hex"), shares[0]);
  assert.equal(await identityToRecipient(vectors.identity), vectors.recipient);
});
