import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, inject, test } from "vitest";

import { Identity, measures } from "../../src/core/index.js";
import { consentCalls, Vaults, type Vitals } from "../../src/index.js";
import { type FailedBatch, type OpenedBatch, Reader, type ReadRequest } from "../../src/readings.js";
import { readLogs } from "../../src/receipts.js";
import { accountOf, addressOf, grantTo, HOUR, openWard, type Ward } from "./ward.js";
import { openWorld, type World } from "./world.js";

let world: World;
let ward: Ward;
let clinician: Vitals;
let identity: Identity;
let grant: string;

beforeAll(async () => {
  world = await openWorld(inject("world"));
  ward = await openWard(world);
  clinician = await world.as("clinician");
  identity = Identity.create();
  await clinician.send(consentCalls.setRecipient({ recipient: identity.recipient }));
  const given = await ward.agent.grant(grantTo(addressOf(clinician), ["read"]));
  expect(given.issued).toBeUndefined();
  grant = given.grant;
  await ward.anchored(2);
});

const request = (ground: ReadRequest["ground"], other: Partial<ReadRequest> = {}): ReadRequest => ({
  patient: ward.patient,
  categories: ["cardiac"],
  window: { from: HOUR - 1, to: HOUR + 2 },
  purpose: "TREAT",
  ground,
  ...other,
});

const byGrant = (other: Partial<ReadRequest> = {}) => request({ grant: { id: Number(grant) } }, other);
const vaultsOf = (vitals: Vitals) => new Vaults(world.network, accountOf(vitals));
const reader = (keys = identity) => new Reader(clinician, vaultsOf(clinician), keys);

async function all(read: AsyncIterable<OpenedBatch | FailedBatch>) {
  const found: (OpenedBatch | FailedBatch)[] = [];
  for await (const batch of read) found.push(batch);
  return found;
}

test("a patient reads with its own keys, verified, in units, in time", async () => {
  const progress: number[] = [];
  const own = new Reader(ward.vitals, ward.vaults, ward.agent.keyring);
  const [first] = await all(own.open(request({ patient: {} }), { onProgress: ({ done }) => progress.push(done) }));
  if (!first?.verified) throw new Error("not opened");
  const heart = measures().find(({ name }) => name === "heart_rate");
  expect(first.measures.every((code) => code === heart?.code)).toBe(true);
  expect(first.values.length).toBe(first.info.count);
  expect(first.values.every((value) => value > 100 && value < 200)).toBe(true);
  expect(
    first.times.every((at, i) => at >= (first.times[i - 1] ?? 0) && Math.floor(at / 3_600_000) === first.info.id.epoch),
  ).toBe(true);
  expect(first.simulated).toBe(true);
  expect(progress[0]).toBe(0);
  expect(progress.length).toBeGreaterThan(2);
});

test("a clinician reads by a grant, and a stranger by nothing", async () => {
  const read = await all(reader().open(byGrant()));
  expect(read.length).toBeGreaterThanOrEqual(2);
  expect(read.every(({ verified }) => verified)).toBe(true);
  const stranger = await world.as("stranger");
  const theirs = new Reader(stranger, vaultsOf(stranger), identity);
  await expect(all(theirs.open(byGrant()))).rejects.toMatchObject({ code: expect.stringMatching(/^consent\//) });
});

test("an identity that the package is not sealed to opens nothing", async () => {
  await expect(all(reader(Identity.create()).open(byGrant()))).rejects.toMatchObject({
    code: "package/age",
  });
});

test("a request for another purpose is refused batch by batch, and none is left out", async () => {
  const read = await all(reader().open(byGrant({ purpose: "HRESCH" })));
  expect(read.length).toBeGreaterThanOrEqual(2);
  expect(read.every((batch) => !batch.verified && batch.error.code.startsWith("consent/"))).toBe(true);
});

test("what was shown is receipted to the patient, and proved", async () => {
  await all(reader().open(byGrant()));
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  const [log] = await readLogs(ward.vitals, ward.vaults, ward.patient, { patient: {} });
  if (!log || "error" in log) throw log?.error;
  const seen = log.releases.filter(({ who }) => who === addressOf(clinician));
  expect(seen.length).toBeGreaterThanOrEqual(2);
  expect(seen[0]?.proof).toBe("proved");
  expect(log.withheld).toBe(0);
});

test("reading can be given up", async () => {
  const giveUp = new AbortController();
  const read = reader().open(byGrant(), { signal: giveUp.signal, atOnce: 1 });
  await read.next();
  giveUp.abort();
  await expect(read.next()).rejects.toMatchObject({ name: "AbortError" });
});

test("a vault that is away is told with each batch", async () => {
  const away = new Vaults({ vaults: [{ name: "home", url: "http://127.0.0.1:1" }] }, accountOf(ward.vitals));
  const read = await all(new Reader(ward.vitals, away, ward.agent.keyring).open(request({ patient: {} })));
  expect(read.length).toBeGreaterThanOrEqual(2);
  expect(read.every((batch) => !batch.verified && batch.error.code === "vault/unreachable")).toBe(true);
});

test("a revocation takes readings away, and what is measured from then on needs new keys", async () => {
  const { rotation } = await ward.agent.revoke(grant);
  expect(rotation?.generation).toBeGreaterThan(0);
  const refused = all(reader().open(byGrant()));
  await expect(refused).rejects.toMatchObject({ code: "consent/grant_revoked" });
  const { generation, pending } = await ward.vitals.consent.patient({ patient: ward.patient });
  expect([generation, pending]).toEqual([rotation?.generation, false]);
  expect((await openWard(world)).agent.keyring.latest).toBe(generation);
  const own = new Reader(ward.vitals, ward.vaults, ward.agent.keyring);
  const before = (await all(own.open(request({ patient: {} })))).length;
  await ward.anchored(before + 2);
  const read = await all(own.open(request({ patient: {} })));
  expect(read.every(({ verified }) => verified)).toBe(true);
  expect(read.at(-1)?.info.generation).toBe(rotation?.generation);
});

test("a tampered blob is told, and its batch only", async () => {
  const last = (await ward.anchored(1)).at(-1);
  const name = Buffer.from(last?.digest ?? "", "base64").toString("hex");
  const objects = join(world.home, "vault/objects");
  const file = readdirSync(objects, { recursive: true, encoding: "utf8" }).find((path) => path.endsWith(name));
  if (!file) throw new Error("the vault does not have it");
  const bytes = readFileSync(join(objects, file));
  writeFileSync(
    join(objects, file),
    bytes.map((byte, i) => (i === 20 ? byte ^ 1 : byte)),
  );
  const read = await all(new Reader(ward.vitals, ward.vaults, ward.agent.keyring).open(request({ patient: {} })));
  writeFileSync(join(objects, file), bytes);
  const failed = read.filter((batch): batch is FailedBatch => !batch.verified);
  expect(failed.map(({ info, error }) => [info.digest, error.code])).toEqual([[last?.digest, "vault/altered"]]);
});
