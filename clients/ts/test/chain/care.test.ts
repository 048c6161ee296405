import { beforeAll, expect, inject, test } from "vitest";

import { Identity, measures } from "../../src/core/index.js";
import { openEmergency, readEmergency } from "../../src/emergency.js";
import { consentCalls, Vaults, type Vitals } from "../../src/index.js";
import { acknowledgePlan, readPlan, writePlan } from "../../src/plans.js";
import { accountOf, addressOf, grantTo, openWard, type Ward } from "./ward.js";
import { openWorld, type World } from "./world.js";

let world: World;
let ward: Ward;

beforeAll(async () => {
  world = await openWorld(inject("world"));
  ward = await openWard(world);
  await ward.agent.rotate();
  await ward.anchored(1);
});

const vaultsOf = (vitals: Vitals) => new Vaults(world.network, accountOf(vitals));

/** An account that others can seal to. */
async function withIdentity(vitals: Vitals): Promise<Identity> {
  const identity = Identity.create();
  await vitals.send(consentCalls.setRecipient({ recipient: identity.recipient }));
  return identity;
}

test("a clinician writes a plan, and the patient and the clinician alone read it", async () => {
  const clinician = await world.as("clinician");
  const identity = await withIdentity(clinician);
  const { grant } = await ward.agent.grant(grantTo(addressOf(clinician), ["read", "write_plan"]));
  const ground = { grant: { id: Number(grant) } };
  const plan = {
    thresholds: [
      {
        rule: 1,
        measure: "heart_rate",
        comparison: "at_least",
        value: 1400,
        for_readings: 3,
        severity: "urgent",
        ladder: 0,
      },
    ],
  };
  const { patient } = ward;
  const { sent, stored } = await writePlan(clinician, vaultsOf(clinician), {
    patient,
    plan,
    categories: ["cardiac"],
    ground,
  });
  expect(stored.unreached).toEqual([]);
  const version = Number(sent.events.find(({ kind }) => kind === "plan_written")?.attributes.version);
  await ward.vitals.send(acknowledgePlan({ patient, version }));
  const own = await readPlan(ward.vitals, ward.vaults, ward.agent.keyring.identity(), {
    patient,
    version,
    ground: { patient: {} },
  });
  expect(own.plan).toEqual(plan);
  const theirs = await readPlan(clinician, vaultsOf(clinician), identity, { patient, version, ground });
  expect(theirs.plan).toEqual(plan);
  const closed = readPlan(ward.vitals, ward.vaults, Identity.create(), { patient, version, ground: { patient: {} } });
  await expect(closed).rejects.toMatchObject({ code: expect.stringMatching(/^age\//) });
});

test("a plan that cannot be is refused before it is stored", async () => {
  const clinician = await world.as("clinician");
  const refused = writePlan(clinician, vaultsOf(clinician), {
    patient: ward.patient,
    plan: { thresholds: "many" },
    categories: ["cardiac"],
    ground: { patient: {} },
  });
  await expect(refused).rejects.toMatchObject({ code: "core/object" });
});

test("in an emergency a responder reads by the custodians' shares, and only then", async () => {
  const responder = await world.as("responder");
  const custodian = addressOf(await world.as("vault"));
  await ward.agent.setCustodians([custodian], 1);
  const identity = Identity.create();
  const { patient } = ward;
  const emergency = await openEmergency(responder, identity, {
    patient,
    reason: "found unconscious",
    hoursBack: 2,
    forS: 600,
  });
  const asked = { patient, emergency: emergency.emergency, categories: ["cardiac"] as const };
  const read = [];
  for await (const batch of readEmergency(responder, vaultsOf(responder), identity, asked)) read.push(batch);
  expect(read.length).toBeGreaterThan(0);
  expect(read.every(({ verified }) => verified)).toBe(true);
  await responder.send(consentCalls.endEmergency({ patient, emergency: emergency.emergency }));
  const over = readEmergency(responder, vaultsOf(responder), identity, asked).next();
  await expect(over).rejects.toMatchObject({
    code: "emergency/shares_missing",
    reason: expect.stringContaining("home"),
  });
  await ward.agent.tend();
});

test("an emergency by an account that published another recipient is not opened", async () => {
  const responder = await world.as("responder");
  const opened = openEmergency(responder, Identity.create(), {
    patient: ward.patient,
    reason: "x",
    hoursBack: 1,
    forS: 60,
  });
  await expect(opened).rejects.toMatchObject({ code: "keys/other_recipient" });
});

test("guardians hold shares of what opens the backup of the keys", async () => {
  const lines = await ward.agent.recoveryShares(2, 3);
  expect(lines).toHaveLength(3);
  expect(measures().length).toBeGreaterThan(0);
  expect((await openWard(world)).agent.keyring.recovery()).toMatchObject({ threshold: 2, of: 3 });
});
