/** A clinician with Keplr signs once, and reads a patient's chart of many batches; locked, the session is over. */
import { Vaults } from "@cw-vitals/client";
import { readLogs } from "@cw-vitals/client/receipts";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { button, named, opened, unlock } from "./clicks";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Patient } from "./patient";
import { Wallet } from "./wallet-stub";

const LONG = { timeout: 90_000 };
/** Each of them would be a prompt without a session. */
const BATCHES = 6;

let network: Network;
let stage: Stage;
let patient: Patient;
let person: Person;
let wallet: Wallet;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  const identity = await network.identity("clinician");
  await patient.grant("clinician", "TREAT", ["read", "receive_alerts"]);
  const oximeter = await network.newDevice("pulse-oximeter", "oximeter");
  const gateway = await patient.gateway("gateway", [oximeter]);
  await oximeter.run(gateway, { every: 1, batchSeconds: 3 });
  person = await stage.person();
  wallet = await Wallet.install(person, "keplr", [network.chain.mnemonic("clinician")]);
  const { network: known } = await network.as("stranger");
  wallet.chains.set(known.chainId, known.prefix);
  await person.page.goto(network.app);
  await button(person.page, "Keplr").click();
  await person.page.getByLabel("Decryption identity you have already").fill(identity);
  await named(person.page, "With Keplr");
  await opened(person.page);
}, 400_000);

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

async function anchored(): Promise<number> {
  const { anchor } = await network.as("stranger");
  const { batches } = await anchor.batches({ patient: patient.number, category: "respiratory", limit: 30 });
  return batches.length;
}

/** What the vault gave the clinician, as the patient sees it. */
async function releases() {
  const vitals = await network.as("patient");
  const account = vitals.account;
  if (!account) throw new Error("the patient has no account");
  const [log] = await readLogs(vitals, new Vaults({ vaults: network.vaults }, account), patient.number, {
    patient: {},
  });
  if (!log || "error" in log) throw new Error("the vault shows no log");
  const clinician = await network.chain.address("clinician");
  return log.releases.filter(({ who }) => who === clinician);
}

async function chart(): Promise<void> {
  await person.go(`/clinician/patients/${patient.number}`);
  await expect.poll(async () => (await releases()).length, LONG).toBeGreaterThan(BATCHES);
}

test("a chart of many batches is one prompt", async () => {
  await expect.poll(anchored, LONG).toBeGreaterThanOrEqual(BATCHES);
  expect(wallet.count("message")).toBe(0);
  await chart();
  expect(wallet.count("message")).toBe(1);
});

test("the patient sees that all of it was by that session", async () => {
  const sessions = (await releases()).map(({ session }) => session);
  expect(new Set(sessions).size).toBe(1);
  expect(sessions[0]).toMatch(/^[0-9a-f]{64}$/);
});

test("locked, the session is over: whoever unlocks is asked once more", async () => {
  await button(person.page, "Lock").first().click();
  await unlock(person.page);
  await opened(person.page);
  await person.go(`/clinician/patients/${patient.number}`);
  await expect.poll(() => wallet.count("message"), LONG).toBe(2);
  const sessions = async () => new Set((await releases()).map(({ session }) => session)).size;
  await expect.poll(sessions, LONG).toBe(2);
  expect(wallet.count("message")).toBe(2);
});
