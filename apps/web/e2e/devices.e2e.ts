/**
 * Devices by clicks: paused, lost since a time, given back and paired by the next patient, recalled and retired; and
 * what an operator calls once it is due.
 */
import { attribute, careCalls, claimsCalls, consentCalls, expectEvent, withFunds } from "@cw-vitals/client";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { button, confirmed, fill } from "./clicks";
import type { Device } from "./device";
import type { Gateway } from "./gateway";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Patient } from "./patient";
import { card, LONG } from "./ward-clicks";

let network: Network;
let stage: Stage;
let patient: Patient;
let next: Patient;
let heart: Device;
let oximeter: Device;
let watched: Device;
let theirs: Gateway;
let me: Person;
let maker: Person;
let operator: Person;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  next = await Patient.admit(network, "patient-2");
  [heart, oximeter] = [
    await network.newDevice("heart-monitor", "heart"),
    await network.newDevice("pulse-oximeter", "ox"),
  ];
  await patient.gateway("gateway", [heart, oximeter]);
  watched = await network.newDevice("heart-monitor", "watched");
  theirs = await next.gateway("gateway-2", [watched]);
  await network.send("patient-2", careCalls.setLadder(await ladder()));
  me = await stage.follow(await patient.link());
  maker = await stage.enter("operator", "maker");
  operator = await stage.enter("operator", "keeper");
}, 600_000);

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

/** Of the next patient: a second for the first to answer, an hour for those after. */
async function ladder(): Promise<Parameters<typeof careCalls.setLadder>[0]> {
  const responders = [await network.chain.address("clinician")];
  const tiers = [1, 3_600].map((within_s) => ({ responders, within_s }));
  return { patient: next.number, ladder: 1, tiers, ends_in_emergency: false };
}

const registry = async () => (await network.as("stranger")).registry;
const known = async (device: Device) => (await registry()).device({ device: device.number ?? "" });
const mine = (page: Page, device: Device) => card(page, `Simulated ${device.kind}, number ${device.number}`);

test("a device is paused and used again, each said with what it means", async () => {
  const { page } = me;
  await me.go("/patient/devices");
  const oxygen = mine(page, oximeter);
  expect(await confirmed(page, button(mine(page, heart), "Pause"))).toContain("lost for good");
  await mine(page, heart).getByText("Paused", { exact: true }).waitFor(LONG);
  expect(await known(heart)).toMatchObject({ status: "suspended" });
  expect(await me.inspect()).toEqual([]);
  await confirmed(page, button(mine(page, heart), "Use it again"));
  await mine(page, heart).getByText("In use", { exact: true }).waitFor(LONG);
  expect(await known(heart)).toMatchObject({ status: "active" });
  await oxygen.getByText("In use", { exact: true }).waitFor();
});

test("a device is given back, is nobody’s, and is paired by the next patient with a file of its own", async () => {
  const { page } = me;
  expect(await confirmed(page, button(mine(page, heart), "Give it back"))).toContain("stays yours");
  await page.getByText("A device you had before").click(LONG);
  await mine(page, heart).getByText("Not yours any more").waitFor(LONG);
  expect((await known(heart)).patient).toBeNull();
  const other = await stage.follow(await next.link());
  await other.go("/patient/devices/pair");
  await other.page.locator("main code").first().waitFor(LONG);
  await other.page
    .getByLabel("Choose a file")
    .setInputFiles(await heart.pairingFile(next.number, Number((await known(heart)).action) + 1));
  await button(other.page, "Pair it with me").waitFor(LONG);
  await confirmed(other.page, button(other.page, "Pair it with me"));
  await other.page.getByText("The device is paired with you").waitFor(LONG);
  expect((await known(heart)).patient).toBe(next.number);
  await other.close();
});

test("a recall is marked by anybody, and its patient’s page says what to do", async () => {
  const { firmware, model, device } = await known(oximeter);
  await maker.go(`/operator/models/${model}`);
  await fill(maker.page, "From firmware", String(firmware));
  await fill(maker.page, "To firmware", String(firmware));
  await fill(maker.page, "The published reason", "Reads too high in the cold.");
  await confirmed(maker.page, button(maker.page, "Recall"));
  await operator.go(`/operator/devices/${device}`);
  await confirmed(operator.page, button(operator.page, "Mark as recalled"));
  expect((await known(oximeter)).recalled).toBe(true);
  const { page } = me;
  await mine(page, oximeter).getByText("Recalled by its maker").waitFor(LONG);
  await mine(page, oximeter).getByText("Ask its maker", { exact: false }).waitFor();
  expect(await me.inspect()).toEqual([]);
  expect(await operator.inspect()).toEqual([]);
});

test("a device is lost since a time that was given, and no earlier than it was paired", async () => {
  const { page } = me;
  const oxygen = mine(page, oximeter);
  await button(oxygen, "Report it lost").click();
  const dialog = page.getByRole("dialog");
  await fill(dialog, "Lost since (day)", "2020-01-01");
  await dialog.getByText("The device was not yours yet at that time.").waitFor();
  expect(await button(dialog, "Report it lost").isDisabled()).toBe(true);
  expect(await me.axe()).toEqual([]);
  await button(dialog, "Cancel").click();
  const { paired_from_ms } = await known(oximeter);
  await confirmed(page, button(oxygen, "Report it lost"));
  await oxygen.getByText("Reported lost").waitFor(LONG);
  await oxygen.getByText("Lost since", { exact: true }).waitFor();
  const { lost_from_ms } = await known(oximeter);
  expect(lost_from_ms).toBeGreaterThanOrEqual(paired_from_ms ?? Number.POSITIVE_INFINITY);
  expect(lost_from_ms).toBeLessThanOrEqual(Date.now());
});

test("a maker notes a calibration of a device that nobody has, and retires it for ever", async () => {
  const spare = await network.newDevice("thermometer", "spare");
  const number = await spare.register();
  const { page } = maker;
  await maker.go(`/operator/devices/${number}`);
  await button(page, "Note a calibration").click(LONG);
  const dialog = page.getByRole("dialog");
  await fill(dialog, "Calibrated for so many days", "30");
  await button(dialog, "Note a calibration").click();
  await dialog.waitFor({ state: "hidden", ...LONG });
  const { calibrated_until } = await known(spare);
  expect(Math.abs((calibrated_until ?? 0) - (Date.now() / 1_000 + 30 * 86_400))).toBeLessThan(600);
  await confirmed(page, button(page, "Retire"));
  await page.getByText("Retired", { exact: true }).first().waitFor(LONG);
  expect(await known(spare)).toMatchObject({ status: "retired" });
  expect(await maker.inspect()).toEqual([]);
});

describe("what is due is called by a button, and done on the chain", () => {
  const row = (what: string) => operator.page.getByRole("row").filter({ hasText: what });
  const call = async (what: string, words: string) => {
    await operator.go("/operator/waiting");
    await button(row(what), words).waitFor(LONG);
    await confirmed(operator.page, button(row(what), words), "Call");
    await row(what).waitFor({ state: "detached", ...LONG });
  };
  const as = (name: "stranger" | "insurer") => network.as(name);

  test("an alert that nobody took on climbs", async () => {
    await watched.run(theirs, { every: 1 });
    await watched.episode();
    const alerts = async () => (await (await as("stranger")).care.alerts({ patient: next.number })).alerts;
    await expect.poll(async () => (await alerts()).length, LONG).toBeGreaterThan(0);
    const [{ alert = "" } = {}] = await alerts();
    await call(`Alert ${alert} of patient ${next.number}`, "Call the next tier");
    expect((await (await as("stranger")).care.alert({ alert })).tier).toBe(1);
    await watched.stop();
  });

  test("an emergency whose time is over is ended", async () => {
    const reason = Buffer.alloc(32, 7).toString("base64");
    const open = consentCalls.openEmergency({ patient: next.number, reason, hours_back: 1, for_s: 1 });
    await network.send("responder", open);
    await call(`Emergency 1 of patient ${next.number}`, "End it");
    const { ended_at } = await (await as("stranger")).consent.emergency({ patient: next.number, emergency: "1" });
    expect(ended_at).toBeGreaterThan(0);
    await operator.page.getByText("Not yet reviewed").waitFor(LONG);
  });

  test("an offer whose time is over gives its premium back, and a policy that nobody paid on lapses", async () => {
    const insurer = await as("insurer");
    const product = await sellByInstalments();
    const premium = [{ denom: "uvital", amount: "10" }];
    const [payee, to] = [await network.chain.address("patient"), { patient: patient.number, product, version: 1 }];
    const until = Math.floor((await insurer.head()).timeMs / 1_000) + 4;
    const offer = claimsCalls.offer({ ...to, payee, until });
    const offered = await insurer.send(withFunds(offer, premium));
    const offerNumber = attribute(expectEvent(offered.events, "claims", "policy_offered"), "policy");
    await call(`Offer of policy ${offerNumber}`, "Give the premium back");
    expect((await insurer.claims.policy({ policy: offerNumber })).state).toBe("withdrawn");
    const bind = claimsCalls.bind({ ...to, payee, ground: { patient: {} } });
    const bound = await network.send("patient", withFunds(bind, premium));
    const policy = attribute(expectEvent(bound.events, "claims", "policy_bound"), "policy");
    await call(`Policy ${policy}`, "Let it lapse");
    expect((await insurer.claims.policy({ policy })).state).toMatch(/lapsed|elapsed/);
    await call(`Policy ${policy}`, "Free its money");
    expect((await insurer.claims.policy({ policy })).state).toBe("expired");
    expect(await operator.inspect()).toEqual([]);
  }, 300_000);
});

/** Cover of a minute for two instalments, the second of which nobody pays. */
async function sellByInstalments(): Promise<string> {
  const rule = {
    conditions: [{ measure: "heart_rate" as const, comparison: "at_least" as const, threshold: 400 }],
    ...{ readings: 1, spaced_s: 0, within_s: 0, anchored_within_s: 60, min_assurance: "maker" as const },
    ...{ accept_questionable: false, paired_for_s: 0, calibrated: false, accept_simulated: false },
  };
  const terms = {
    benefit: { fixed: { amount: "5" } },
    premium: { instalments: { amount: "10", every_s: 10, grace_s: 1 } },
    ...{ minimum_charge: "0", term_s: 20, waiting_s: 0, file_within_s: 30 },
    ...{ evidence: { disclosed: { rule, models: [] } }, reward: null, terms_digest: btoa("t".repeat(32)) },
  };
  const product = { denom: { native: "uvital" }, terms };
  const { events } = await network.send("insurer", claimsCalls.createProduct({ product, insurer: null }));
  const number = attribute(expectEvent(events, "claims", "product_created"), "product");
  const coins = [{ denom: "uvital", amount: "1000" }];
  await network.send("insurer", withFunds(claimsCalls.deposit({ product: number }), coins));
  return number;
}
