import { readFileSync } from "node:fs";
import { serializeSignDoc } from "@cosmjs/amino";
import { fromBase64, toBase64, toHex, toUtf8 } from "@cosmjs/encoding";
import { beforeAll, expect, test } from "vitest";

import { arbitrarySignDoc } from "../src/account.js";
import {
  digest,
  Identity,
  inCore,
  Keyring,
  loadCore,
  measures,
  sealTo,
  toVitalsError,
  VaultRequest,
} from "../src/core/index.js";
import { payload } from "../src/request.js";

beforeAll(() => loadCore());

test("the core is loaded once, however often it is asked for", async () => {
  const first = loadCore();
  expect(loadCore()).toBe(first);
  await first;
});

test("what is signed of a request is what the vault's own code would have it be", async () => {
  const body = new Uint8Array([1, 2]);
  const own = await payload("home", "wasm1x", { method: "PUT", target: "/v1/x?ground=patient", body }, 5_000);
  const theirs = new VaultRequest(
    { vault: "home", account: "wasm1x", method: "PUT", target: "/v1/x?ground=patient", nowS: 5 },
    body,
  );
  const read = JSON.parse(new TextDecoder().decode(theirs.payload)) as typeof own;
  expect(JSON.stringify({ ...own, nonce: read.nonce })).toBe(new TextDecoder().decode(theirs.payload));
  expect(new TextDecoder().decode(serializeSignDoc(arbitrarySignDoc(theirs.payload, "wasm1x")))).toBe(
    new TextDecoder().decode(theirs.signDoc),
  );
});

test("an error of the core keeps its code", () => {
  expect(() => inCore(() => Identity.parse("AGE-SECRET-KEY-1WRONG"))).toThrow(
    expect.objectContaining({ name: "VitalsError", code: expect.stringMatching(/^age\//) }),
  );
  expect(toVitalsError(new Error("what nobody expects")).code).toBe("core/fault");
});

test("what is sealed to a recipient opens for its identity alone", () => {
  const [own, other] = [Identity.create(), Identity.create()];
  const file = sealTo([own.recipient], toUtf8("plain"));
  expect(new TextDecoder().decode(own.open(file))).toBe("plain");
  expect(() => inCore(() => other.open(file))).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^age\//) }),
  );
});

test("a key file opens with its passphrase and with no other", () => {
  const keys = Keyring.create("7", 0);
  const file = keys.lock("correct horse", 2);
  const again = Keyring.unlock(file, "correct horse");
  expect([again.patient, again.recipient, toHex(again.commitment(0))]).toEqual([
    "7",
    keys.recipient,
    toHex(keys.commitment(0)),
  ]);
  expect(() => inCore(() => Keyring.unlock(file, "wrong"))).toThrow(
    expect.objectContaining({ code: "keys/wrong_passphrase" }),
  );
});

test("measures have their LOINC code and UCUM unit", () => {
  expect(measures().find(({ name }) => name === "heart_rate")).toMatchObject({
    loinc: "8867-4",
    unit: "/min",
    category: "cardiac",
  });
});

test("digests are as the chain and the vaults have them", () => {
  expect(toBase64(digest(fromBase64("")))).toBe("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
});

test("the emergency vectors of another implementation are read", () => {
  const vector = JSON.parse(readFileSync("../../testdata/vectors/emergency.json", "utf8")) as {
    identity: string;
    recipient: string;
  };
  expect(Identity.parse(vector.identity).recipient).toBe(vector.recipient);
});
