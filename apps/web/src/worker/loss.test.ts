// @vitest-environment node
import { Identity, inCore, Keyring, loadCore } from "@cw-vitals/client/core";
import { beforeAll, expect, it } from "vitest";
import { keptKeyring } from "../session/keyring";
import { losesNothing } from "./loss";
import { patientAnswers } from "./patient";

const PASSPHRASE = "six random words of a test";
const HOUR = 500_000;
// scrypt's cost, which is of no matter here
const QUICK = 10;
let identity: string;

beforeAll(async () => {
  await loadCore();
  identity = Identity.create().reveal();
});

const keysOf = (patient = "7") => inCore(() => Keyring.create(patient, 1));
const fileOf = (keys: Keyring) => inCore(() => keys.lock(PASSPHRASE, QUICK)) as Uint8Array<ArrayBuffer>;
/** What is lost where the file's keys replace those. */
async function loss(file: Uint8Array<ArrayBuffer>, held: string | undefined) {
  return (await patientAnswers.unlockKeys({ file, passphrase: PASSPHRASE, identity, held })).loss;
}

it("a file of the keys as they are loses nothing, and neither does one for a browser without keys", async () => {
  const keys = keysOf();
  const file = fileOf(keys);
  expect(losesNothing(await loss(file, keptKeyring(keys, identity)))).toBe(true);
  expect(losesNothing(await loss(file, undefined))).toBe(true);
});

it("an older file loses the generations made since, and a newer one none", async () => {
  const keys = keysOf();
  const [older, held] = [fileOf(keys), keptKeyring(keys, identity)];
  inCore(() => keys.addGeneration(HOUR));
  expect(await loss(older, keptKeyring(keys, identity))).toEqual({ generations: [2], revives: false, shares: false });
  expect(losesNothing(await loss(fileOf(keys), held))).toBe(true);
});

it("a generation drawn elsewhere under the same number is another", async () => {
  const [one, other] = [keysOf(), keysOf()];
  expect((await loss(fileOf(one), keptKeyring(other, identity))).generations).toEqual([1]);
});

it("keys of another patient are all lost", async () => {
  const held = keysOf("7");
  inCore(() => held.erase(["cardiac"], HOUR - 10, HOUR - 5));
  expect((await loss(fileOf(keysOf("8")), keptKeyring(held, identity))).generations).toEqual([1]);
});

it("an older file brings back what was erased, and forgets shares that were given out", async () => {
  const keys = keysOf();
  const file = fileOf(keys);
  inCore(() => keys.erase(["cardiac"], HOUR - 10, HOUR - 5));
  inCore(() => keys.shareRecovery(2, 3));
  expect(await loss(file, keptKeyring(keys, identity))).toEqual({ generations: [], revives: true, shares: true });
});

it("keys that do not open are no loss", async () => {
  expect(losesNothing(await loss(fileOf(keysOf()), btoa("damaged")))).toBe(true);
});
