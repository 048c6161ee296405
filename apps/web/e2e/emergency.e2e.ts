/**
 * Emergencies by clicks: custodians named by the patient, opened and read by a responder, ended and reviewed by the
 * patient; and alerts that climb their ladder, are handed over, and count how long it took.
 */
import { careCalls, consentCalls, localAccount, Vaults } from "@cw-vitals/client";
import { Identity, loadCore } from "@cw-vitals/client/core";
import { readEmergency } from "@cw-vitals/client/emergency";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { button, confirmed, fill, saved } from "./clicks";
import type { Device } from "./device";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Patient } from "./patient";
import { card, growing, LONG } from "./ward-clicks";

let network: Network;
let stage: Stage;
let patient: Patient;
let heart: Device;
let oximeter: Device;
let identity: string;
let me: Person;
let responder: Person;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  await attestCustodians();
  patient = await Patient.admit(network, "patient");
  for (const name of ["clinician", "clinician-2"] as const) {
    await network.identity(name);
    await patient.grant(name, "TREAT", ["read", "receive_alerts"]);
  }
  [heart, oximeter] = [
    await network.newDevice("heart-monitor", "heart"),
    await network.newDevice("pulse-oximeter", "ox"),
  ];
  const gateway = await patient.gateway("gateway", [heart, oximeter]);
  for (const device of [heart, oximeter]) await device.run(gateway, { every: 1 });
  identity = await network.identity("responder");
  me = await stage.follow(await patient.link());
  responder = await stage.enter("clinician", "responder", { identity });
  // the vault of an emergency that is over, or of a share that is not there, says so
  responder.expect(/status of 40[34]/);
}, 600_000);

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

/** The vault's account keeps shares and gives them out; the arbiter's is away whenever it is asked. */
async function attestCustodians(): Promise<void> {
  const until = Math.floor(Date.now() / 1_000) + 30 * 86_400;
  for (const name of ["vault", "arbiter"] as const) {
    const account = await network.chain.address(name);
    await network.send("board", consentCalls.issueCredential({ account, role: "custodian", until }));
  }
  await network.identity("arbiter");
  await network.vaults[0]?.keepShares(await network.identity("vault"));
}

const consent = async () => (await network.as("stranger")).consent;
const settings = () => card(me.page, "What an emergency opens");

async function name(accounts: string, threshold: string): Promise<string> {
  await fill(settings(), "Accounts of the custodians", accounts);
  await fill(settings(), "How many together", threshold);
  return confirmed(me.page, button(settings(), "Name custodians"));
}

async function open(reason: string, minutes = "60"): Promise<string> {
  const { page } = responder;
  await responder.go("/clinician/emergency");
  await fill(page, "Patient number", patient.number);
  await fill(page, "Why, in writing", reason);
  await fill(page, "Hold open for", minutes);
  const file = await saved(page, async () => {
    await confirmed(page, button(page, "Open an emergency"));
  });
  const [, number = ""] = /^emergency-\d+-(\d+)-reason\.txt$/.exec(file.suggestedFilename()) ?? [];
  await page.getByText("Open now").waitFor(LONG);
  return number;
}

test("the patient names custodians, of whom one is enough, and the page says from when to when it opens", async () => {
  const { page } = me;
  await me.go("/patient/emergency");
  await settings().getByText("Nobody keeps your emergency keys").waitFor(LONG);
  const both = `${await network.chain.address("vault")}\n${await network.chain.address("arbiter")}`;
  await fill(settings(), "Accounts of the custodians", both);
  await fill(settings(), "How many together", "3");
  await button(settings(), "Name custodians").click();
  await page.getByText("Give a number from 1 to as many as there are custodians.").waitFor();
  expect(await name(both, "1")).toContain("One of them alone could read that");
  await settings().getByText("An emergency opens your last days").waitFor(LONG);
  await settings().getByText("Any one of 2 custodians opens it").waitFor();
  expect(await me.inspect()).toEqual([]);
  await me.picture("patient-emergency");
  await button(settings(), "Renew the emergency keys").click();
  await page.getByText("The emergency keys still reach far enough.").waitFor(LONG);
});

test("a responder opens it with a reason and reads; the patient is told at once, with the review’s deadline", async () => {
  const number = await open("Found unconscious on the stairs, nobody to ask");
  await growing(responder.page);
  const { page } = me;
  await page.getByText("Open now").waitFor(LONG);
  const { review_by, until } = await (await consent()).emergency({ patient: patient.number, emergency: number });
  expect(review_by).toBeGreaterThan(until);
  await page.getByText("Review due").waitFor();
  await page
    .locator(`time[datetime^="${new Date(review_by * 1000).toISOString().slice(0, 16)}"]`)
    .first()
    .waitFor();
  expect(await me.inspect()).toEqual([]);
  await me.go("/patient");
  await page
    .getByText(/emergency access/)
    .first()
    .waitFor(LONG);
  await page.getByRole("link", { name: "Review" }).click();
  await page.getByRole("heading", { level: 1, name: "Emergencies" }).waitFor();
});

test("the patient ends it: the responder’s screen is emptied, new keys come, and nothing newer opens", async () => {
  const { page } = me;
  const before = (await (await consent()).patient({ patient: patient.number })).generation;
  const said = await confirmed(page, button(page, "End it now"));
  expect(said).toContain("cannot be unread");
  await responder.page.getByText("This emergency is over").waitFor(LONG);
  expect(await responder.page.getByText(/Heart rate: \d+ readings/).count()).toBe(0);
  expect(await responder.inspect()).toEqual([]);
  await page.getByText(/New keys are in use/).waitFor(LONG);
  expect((await (await consent()).patient({ patient: patient.number })).generation).toBe(before + 1);
  await expect(readAgain("1")).rejects.toThrow("consent/emergency_over");
});

/** As a responder's own program would, who kept everything that it was given. */
async function readAgain(emergency: string): Promise<void> {
  await loadCore();
  const vitals = await network.as("responder");
  const account = await localAccount(network.chain.mnemonic("responder"), "wasm");
  const vaults = new Vaults({ vaults: network.vaults }, account);
  const asked = { patient: patient.number, emergency, categories: ["cardiac"] as const };
  for await (const batch of readEmergency(vitals, vaults, Identity.parse(identity), asked)) {
    if ("error" in batch) throw batch.error;
  }
}

test("where two custodians are needed and one is away, the responder is told what is missing", async () => {
  const both = `${await network.chain.address("vault")}\n${await network.chain.address("arbiter")}`;
  await me.go("/patient/emergency");
  await name(both, "2");
  await settings().getByText("2 of 2 custodians together open it").waitFor(LONG);
  await expect
    .poll(async () => (await (await consent()).custodians({ patient: patient.number })).packages != null, LONG)
    .toBe(true);
  await open("Found unconscious again, nobody to ask here");
  await responder.page.getByText("It could not be read").waitFor(LONG);
  await responder.page.getByText("emergency/too_few", { exact: false }).first().waitFor();
  expect(await responder.inspect()).toEqual([]);
});

test("found wrong, it ends, and the responder opens no other; found right, the first one is settled", async () => {
  const { page } = me;
  const wrong = card(page, "Emergency 2");
  await confirmed(page, button(wrong, "It was wrong"));
  await wrong.getByText("Found wrong").waitFor(LONG);
  await responder.page.getByText("This emergency is over").waitFor(LONG);
  const right = card(page, "Emergency 1");
  await confirmed(page, button(right, "It was right"));
  await right.getByText("Found right").waitFor(LONG);
  await responder.go("/clinician/emergency");
  await responder.page.getByText("You cannot open an emergency now").waitFor(LONG);
  const { may_open } = await (await consent()).responder({ account: await network.chain.address("responder") });
  expect(may_open).toBe(false);
  expect(await responder.inspect()).toEqual([]);
  expect(await me.inspect()).toEqual([]);
});

test("custodians are taken back: an emergency opens nothing any more", async () => {
  const said = await confirmed(me.page, button(settings(), "Name nobody"));
  expect(said).toContain("An emergency then opens nothing");
  await settings().getByText("Nobody keeps your emergency keys").waitFor(LONG);
  expect((await (await consent()).custodians({ patient: patient.number })).custodians).toEqual([]);
});

test("an alert climbs its ladder, is taken on, handed over to a colleague and resolved, each with its time", async () => {
  const { number } = patient;
  const tiers = await Promise.all(
    (["clinician", "clinician-2"] as const).map(async (who) => ({
      responders: [await network.chain.address(who)],
      within_s: who === "clinician" ? 1 : 3_600,
    })),
  );
  await network.send("patient", careCalls.setLadder({ patient: number, ladder: 1, tiers, ends_in_emergency: false }));
  const first = await stage.enter("clinician", "clinician");
  const second = await stage.enter("clinician", "clinician-2");
  for (const person of [first, second]) await person.go(`/clinician/patients/${number}?tab=alerts`);
  await oximeter.episode();
  const alert = ({ page }: Person) => page.locator("article.alert-card", { hasText: "device" }).first();
  // the gateway seals again once it has the keys that the last test made
  await alert(first).getByText("Nobody answered in time", { exact: true }).waitFor({ timeout: 200_000 });
  await confirmed(first.page, button(alert(first), "Call the next step"));
  await alert(second).getByText("Step 2 of the call list has been called.").waitFor(LONG);
  await confirmed(second.page, button(alert(second), "Take it on"));
  await alert(second).getByText("You have taken it on.").waitFor(LONG);
  await confirmed(first.page, button(alert(first), "Take it over"));
  await alert(first).getByText("You have taken it on.").waitFor(LONG);
  await alert(second)
    .getByText("You have taken it on.")
    .waitFor({ state: "detached", ...LONG });
  await confirmed(first.page, button(alert(first), "Resolve"));
  const times = card(first.page, "Response times");
  await times.getByText("Longest time to an answer").waitFor(LONG);
  const { alerts } = await (await network.as("stranger")).care.alerts({ patient: number, limit: 30 });
  const climbed = alerts.find(({ tier }) => tier === 1);
  expect(climbed).toMatchObject({ state: "resolved", acknowledged_by: await network.chain.address("clinician") });
  expect(await first.inspect()).toEqual([]);
}, 400_000);
