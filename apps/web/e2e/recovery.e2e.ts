/**
 * A lost account by clicks: guardians and their quorum, shares of the keys, a recovery that the patient stops and one
 * that nobody can stop any more, and the patient's new account with the keys that the guardians give back. Hours pass
 * at once for every program of the test: see `clock.ts`.
 */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { button, confirmed, fill, saved } from "./clicks";
import { ahead } from "./clock";
import type { Device } from "./device";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Patient } from "./patient";
import { sleep } from "./service";
import { card, countedBeats, LONG } from "./ward-clicks";

const HOUR_S = 3_600;
const NAMES = ["guardian", "guardian-2"] as const;

let network: Network;
let stage: Stage;
let patient: Patient;
let heart: Device;
let me: Person;
let mine: Person;
let backup: string;
const shares: string[] = [];
const guardians: Person[] = [];
const links = new Map<Person, string>();

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  await restartedChain();
  patient = await Patient.admit(network, "patient");
  heart = await network.newDevice("heart-monitor", "heart");
  const gateway = await patient.gateway("gateway", [heart]);
  await heart.run(gateway, { every: 1 });
  me = await entered(await patient.link());
  for (const name of NAMES) {
    guardians.push(await entered(await network.link("guardian", name, { identity: await network.identity(name) })));
  }
}, 600_000);

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

/** The node as a program of this test, whose clock can be put forward; once it makes blocks again. */
async function restartedChain(): Promise<void> {
  const vitals = await network.as("stranger");
  const { height } = await vitals.head();
  await network.chain.kill();
  await network.chain.restart();
  // it may still read what it had, or have made no block since
  const now = () => vitals.head().catch(() => ({ height }));
  while ((await now()).height <= height + 1) await sleep(100);
}

async function entered(link: string): Promise<Person> {
  const person = await stage.follow(link);
  links.set(person, link);
  return person;
}

/** Hours in which nobody touches a window: each locked itself meanwhile, and is entered anew. */
async function hoursPass(seconds: number): Promise<void> {
  await ahead(seconds);
  for (const [{ page }, link] of links) {
    const locked = page.getByText("The app locked itself", { exact: false });
    await locked.waitFor(LONG);
    await page.goto(link);
    await locked.waitFor({ state: "detached", ...LONG });
    await page.locator("main h1").first().waitFor(LONG);
  }
}

const consent = async () => (await network.as("stranger")).consent;
const recovery = async () => (await (await consent()).recovery({ patient: patient.number })).stage ?? {};
const fresh = () => network.chain.address("assessor");

async function appoint(name: (typeof NAMES)[number]): Promise<void> {
  const { page } = me;
  await fill(page, "Address of their account", await network.chain.address(name));
  const said = await confirmed(page, button(page, "Next: what it means"), "Appoint");
  expect(said).toContain("2 hours");
}

async function toRecovery(person: Person): Promise<void> {
  await person.go("/guardian");
  await person.go(`/guardian/patients/${patient.number}?tab=recovery`);
  await person.page.getByRole("heading", { name: "Recovery of the account" }).waitFor(LONG);
}

async function propose(person: Person): Promise<void> {
  await fill(person.page, "The patient’s new account", await fresh());
  await confirmed(person.page, button(person.page, "Propose this account"));
}

test("two guardians are appointed to recover together, with notice; alone they cannot yet", async () => {
  const { page } = me;
  await me.go("/patient/guardians");
  for (const name of NAMES) await appoint(name);
  await page.getByLabel("To recover your account").selectOption("2");
  await confirmed(page, button(card(page, "How many act together"), "Set"));
  await page.getByText("2 together from").waitFor(LONG);
  const { guardians: known } = await (await consent()).guardians({ patient: patient.number, limit: 30 });
  expect(known.map(({ info }) => info.powers.includes("recover"))).toEqual([true, true]);
  expect(await me.inspect()).toEqual([]);
  const [first] = guardians as [Person];
  await toRecovery(first);
  await first.page.getByText("Your power to recover counts only after a notice period:").waitFor(LONG);
  expect(await button(first.page, "Propose this account").count()).toBe(0);
});

test("shares are made for guardians and paper, and each guardian opens its own, and no other’s", async () => {
  const { page } = me;
  const keys = card(page, "Shares of your keys");
  await fill(keys, "Shares on paper", "1");
  await fill(keys, "How many open it together", "2");
  const said = await confirmed(page, button(keys, "Make new shares"));
  expect(said).toContain("shown once");
  await keys.getByText("Now 2 of 3 shares open a backup.").waitFor(LONG);
  expect(await me.inspect()).toEqual([]);
  const files: string[] = [];
  for (const place of [0, 1]) {
    const file = await saved(page, () => button(keys, "Save the file").nth(place).click());
    files.push(await file.path());
  }
  const kept = await saved(page, () => button(keys, "Save the backup that shares open").click());
  backup = await kept.path();
  for (const person of guardians) {
    await toRecovery(person);
    const own = card(person.page, "Your share of the keys");
    let opened = 0;
    for (const file of files) {
      await own.getByLabel("The file with your share").setInputFiles(file);
      const line = own.getByText(/^vitals-share1/);
      await line.or(own.getByText("The share could not be opened")).first().waitFor(LONG);
      if ((await line.count()) === 0) continue;
      opened += 1;
      shares.push((await line.textContent()) ?? "");
    }
    expect(opened).toBe(1);
    expect(await person.inspect()).toEqual([]);
  }
  expect(new Set(shares).size).toBe(2);
});

test("once notice is over guardians decide, the patient is told wherever it looks, and stops it", async () => {
  await hoursPass(2 * HOUR_S + 60);
  const [first, second] = guardians as [Person, Person];
  await toRecovery(first);
  await button(first.page, "Propose this account").waitFor(LONG);
  await propose(first);
  await first.page.getByText("Guardians vote").waitFor(LONG);
  await toRecovery(second);
  await confirmed(second.page, button(second.page, "Vote for this account"));
  await second.page.getByText("Decided, delay runs").waitFor(LONG);
  expect(await recovery()).toHaveProperty("waiting");
  expect(await second.inspect()).toEqual([]);
  const { page } = me;
  await me.go("/patient");
  await page.getByText("Guardians are handing your record to another account").waitFor(LONG);
  await page.getByText("They agreed.", { exact: false }).waitFor(LONG);
  expect(await me.inspect()).toEqual([]);
  const said = await confirmed(page, button(page, "Object"));
  expect(said).toContain("you cannot object a second time");
  await page.getByText("You objected.", { exact: false }).waitFor(LONG);
  expect(await recovery()).toHaveProperty("vetoed");
});

test("all guardians override the veto, and an hour later one of them completes it", async () => {
  const [first, second] = guardians as [Person, Person];
  await first.page.getByText("The patient’s account objected").waitFor(LONG);
  await propose(first);
  await confirmed(second.page, button(second.page, "Vote for this account"));
  await second.page.getByText("Decided by all, delay runs").waitFor(LONG);
  expect(await button(second.page, "Complete the recovery").count()).toBe(0);
  await me.page.getByText("All of them overrode your objection.", { exact: false }).waitFor(LONG);
  expect(await button(me.page, "Object").count()).toBe(0);
  await hoursPass(3 * HOUR_S + 120);
  await toRecovery(second);
  await confirmed(second.page, button(second.page, "Complete the recovery"));
  await expect
    .poll(async () => (await (await consent()).patient({ patient: patient.number })).controller, LONG)
    .toBe(await fresh());
  await me.page.getByRole("heading", { level: 1, name: "First steps" }).waitFor(LONG);
});

test("the new account restores the keys from backup and shares, makes new ones, and reads what was measured", async () => {
  mine = await stage.enter("patient", "assessor", { identity: await network.identity("assessor") });
  const { page } = mine;
  await mine.go("/patient/keys");
  await page.getByText("Your keys are not in this browser").first().waitFor(LONG);
  const restore = card(page, "Restore keys");
  await restore.getByLabel("Guardians’ shares").check();
  await restore.getByLabel("The file", { exact: true }).setInputFiles(backup);
  await fill(restore, "Shares", shares[0] ?? "");
  await button(restore, "Restore").click();
  await restore.getByRole("alert").waitFor(LONG);
  await fill(restore, "Shares", shares.join("\n"));
  await button(restore, "Restore").click();
  await restore.getByText("The keys are in this browser").waitFor(LONG);
  await button(page, "Tell the chain").click(LONG);
  await page.getByText("Nobody can encrypt to these keys yet").waitFor({ state: "detached", ...LONG });
  await button(page, "Make new keys now").click(LONG);
  await page.getByText(/New keys are in use/).waitFor(LONG);
  expect((await (await consent()).patient({ patient: patient.number })).pending).toBe(false);
  expect(await mine.inspect()).toEqual([]);
  await mine.go("/patient/measures/heart_rate");
  expect(await countedBeats(page)).toBeGreaterThan(0);
  await mine.go("/patient/sharing");
  await page.getByText("Nobody may see your readings", { exact: false }).first().waitFor(LONG);
  const { grants } = await (await consent()).grants({ patient: patient.number, limit: 30 });
  expect(grants.every(({ revoked }) => revoked)).toBe(true);
});
