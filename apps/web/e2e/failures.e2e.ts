/**
 * What goes wrong on the way from a device to a screen: each failure says what happened and what to do, by its stable
 * code too, and no number is shown that is not what the device measured, nor an old one as if it were of now.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { consentCalls } from "@cw-vitals/client";
import { Identity, loadCore } from "@cw-vitals/client/core";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Name } from "./chain";
import { button, confirmed, fill } from "./clicks";
import type { Device } from "./device";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Patient } from "./patient";
import { withSecondVault } from "./second-vault";
import type { Vault } from "./vault";

const LONG = { timeout: 60_000 };
const SUMMARY = /Oxygen saturation: \d+ readings? from/;
const NUMBER = ".tile-number";
const CURRENT = ".tile-number:not(.tile-old)";

const WHAT_LIED = "A vault sent something other than what the chain points to";
const ALTERED = /^vault\/(digest|altered)$/;
/** What a browser writes of a vault that refuses: the test causes it. */
const REFUSED = /the server responded with a status of [45]\d\d/;

let network: Network;
let stage: Stage;
let patient: Patient;
let oximeter: Device;
let me: Person;
let ward: Vault;
let annex: Vault;
let identity: string;
let grant: string;

beforeAll(async () => {
  network = await Network.start();
  annex = await withSecondVault(network, "annex", "gateway-2");
  ward = network.vaults[0] as Vault;
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  identity = await network.identity("clinician");
  grant = await patient.grant("clinician", "TREAT", ["read"]);
  oximeter = await network.newDevice("pulse-oximeter", "oximeter");
  const gateway = await patient.gateway("gateway", [oximeter]);
  await oximeter.run(gateway, { every: 1, batchSeconds: 3 });
  me = await stage.follow(await patient.link());
  await current(me.page);
}, 300_000);

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

/** A number that the app says is of now. */
async function current(page: Page): Promise<void> {
  await page.locator(CURRENT).first().waitFor(LONG);
  await page
    .getByText(/within its limits|within their limits|needs? a look/)
    .first()
    .waitFor(LONG);
}

/** What happened, what to do, and the code to name. */
async function told(page: Page, code: string | RegExp, what: string | RegExp, todo: string): Promise<void> {
  const notice = page.locator(".notice", { has: page.locator("summary code", { hasText: code }) }).first();
  await notice.waitFor(LONG);
  const text = await notice.textContent();
  expect(text).toMatch(what);
  expect(text).toContain(todo);
}

/** Nothing of what was measured is on the page, neither as a number nor as a chart, and nothing says that all is well. */
async function noNumber(page: Page): Promise<void> {
  expect(await page.locator(NUMBER).count()).toBe(0);
  expect(await page.getByText(SUMMARY).count()).toBe(0);
  expect(await page.getByText(/usual range|within its limits|within their limits|Nothing was measured/).count()).toBe(
    0,
  );
}

/** A browser that has kept nothing yet. */
const fresh = async () => stage.follow(await patient.link());

const blobs = (vault: Vault) => vault.digests("blobs");

async function clinicianWith(key: string): Promise<Person> {
  const clinician = await stage.enter("clinician", "clinician", { identity: key });
  await clinician.go(`/clinician/patients/${patient.number}`);
  return clinician;
}

/** From now on the vault sends this window other bytes than it has; how often it did. */
async function lies(person: Person, vault: Vault): Promise<() => number> {
  let lied = 0;
  await person.context.route(`${vault.url}/v1/batches/**`, async (route) => {
    if (route.request().method() === "OPTIONS") return route.continue();
    const answer = await route.fetch();
    const body = await answer.body();
    body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
    lied += 1;
    await route.fulfill({ response: answer, body });
  });
  return () => lied;
}

/** A browser that has kept nothing, to which these vaults lie. */
async function deceived(...liars: Vault[]): Promise<{ person: Person; lied: (() => number)[] }> {
  // what goes through a service worker is out of reach of the test
  const person = await stage.person({ serviceWorkers: "block" });
  const lied = await Promise.all(liars.map((vault) => lies(person, vault)));
  await person.page.goto(await patient.link());
  return { person, lied };
}

test("two vaults of which one lies: the number of the other is shown, and it is the genuine one", async () => {
  await expect.poll(() => blobs(annex).length, LONG).toBeGreaterThan(0);
  await oximeter.stop();
  const { person, lied } = await deceived(ward);
  await person.page.locator(NUMBER).first().waitFor(LONG);
  expect(lied[0]?.()).toBeGreaterThan(0);
  expect(await person.page.getByText("vault/digest").count()).toBe(0);
  const genuine = await me.page.locator(NUMBER).first().textContent();
  await expect.poll(() => person.page.locator(NUMBER).first().textContent(), LONG).toBe(genuine);
  await person.close();
});

test("both vaults lie: no number of it, and who is to be told", async () => {
  const { person } = await deceived(ward, annex);
  await told(person.page, "vault/digest", WHAT_LIED, "It is not shown");
  await noNumber(person.page);
  expect(await person.inspect()).toEqual([]);
  await person.go("/patient/measures/oxygen_saturation");
  const of = person.page.locator("main li, main .notice").filter({ hasText: WHAT_LIED }).first();
  await of.waitFor(LONG);
  expect(await of.textContent()).toMatch(/It is not shown.*vault\/digest/);
  await noNumber(person.page);
  await person.close();
});

test("blobs altered in the directories of both vaults are found out by the vaults, and told alike", async () => {
  for (const vault of [ward, annex]) for (const digest of blobs(vault)) vault.tamper(digest);
  const other = await fresh();
  other.expect(REFUSED);
  await told(other.page, ALTERED, WHAT_LIED, "It is not shown");
  await noNumber(other.page);
  await other.close();
  const clinician = await clinicianWith(identity);
  clinician.expect(REFUSED);
  await told(clinician.page, ALTERED, /could not be opened or (are|is) not genuine/, "It is not shown");
  await noNumber(clinician.page);
  await clinician.close();
  // the same bits again: what was stored is what is served
  for (const vault of [ward, annex]) for (const digest of blobs(vault)) vault.tamper(digest);
});

test("one vault down is no loss; both down are told, and what is there again is shown without a reload", async () => {
  await ward.kill();
  const one = await fresh();
  await one.page.locator(NUMBER).first().waitFor(LONG);
  await one.page.getByText("1 of 2 vaults").first().waitFor(LONG);
  await one.close();
  await annex.kill();
  const none = await fresh();
  await told(none.page, "vault/unreachable", "No vault gave an answer", "Try again in a while");
  await noNumber(none.page);
  await ward.start();
  await button(none.page, "Try again").first().click();
  await none.page.locator(NUMBER).first().waitFor(LONG);
  await none.page.getByText("vault/unreachable").waitFor({ state: "detached", ...LONG });
  await annex.start();
  await none.close();
});

test("with another identity than the one published nothing opens, and the app says which key is missing", async () => {
  await loadCore();
  const clinician = await clinicianWith(Identity.create().reveal());
  await told(clinician.page, /^package\/age/, "The readings could not be read", "");
  await clinician.page.getByText("Your account has published another key than the one in this browser").waitFor(LONG);
  await noNumber(clinician.page);
  await clinician.close();
  const link = await network.link("patient", "patient", {
    identity: Identity.create().reveal(),
    keyring: await keyFile(),
  });
  const wrong = await stage.follow(link);
  await told(wrong.page, /^(keys|age)\//, "Your keys could not be opened", "");
  await noNumber(wrong.page);
  await wrong.close();
});

test("a grant without a key package, and a package that no vault has, are each told", async () => {
  const account = await network.chain.address("clinician-2");
  const hour = Math.floor(Date.now() / 3_600_000);
  const bare = {
    grantee: { account },
    purposes: ["TREAT" as const],
    categories: ["respiratory" as const],
    actions: ["read" as const],
    window: { from: hour - 1, to: hour + 24 },
    valid_until: (hour + 24) * 3_600,
  };
  await network.send("patient", consentCalls.grant({ patient: patient.number, grant: bare }));
  const second = await stage.enter("clinician", "clinician-2", { identity: await network.identity("clinician-2") });
  await second.go(`/clinician/patients/${patient.number}`);
  await told(second.page, "keys/none", "You hold no key for this period", "the keys may be minutes behind");
  await noNumber(second.page);
  await second.close();
  for (const vault of [ward, annex])
    rmSync(join(network.dir, `vault-${vault.name}`, "objects/packages"), { recursive: true });
  const clinician = await clinicianWith(identity);
  clinician.expect(REFUSED);
  await told(clinician.page, "vault/not_found", "No vault has this", "");
  await noNumber(clinician.page);
  await clinician.close();
});

test("the answer to what was sent is lost: the same is offered again, and is in one block, once", async () => {
  const person = await stage.person({ serviceWorkers: "block" });
  person.expect(/ERR_CONNECTION_RESET/);
  let offered = 0;
  await person.context.route(`${network.chain.rpc}/**`, async (route) => {
    if (!route.request().postData()?.includes('"broadcast_tx_sync"') || ++offered > 1) return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await person.page.goto(await patient.link());
  await person.page.locator("main h1").first().waitFor();
  await person.go("/patient/alerts/ladder");
  const before = await sentBy("patient");
  await fill(person.page, "Accounts of those called", await network.chain.address("guardian"));
  await confirmed(person.page, button(person.page, "Save the call list"));
  expect(offered).toBe(2);
  expect(await sentBy("patient")).toBe(before + 1);
  await person.close();
});

/** How many transactions of an account are in blocks. */
async function sentBy(name: Name): Promise<number> {
  const { node } = await network.as("stranger");
  const query = `message.sender='${await network.chain.address(name)}'`;
  return (await node.comet.txSearch({ query })).totalCount;
}

test("the node killed: what is shown is marked as old, nothing can be sent, and all is current once it is back", async () => {
  const { page } = me;
  await page.locator(NUMBER).first().waitFor(LONG);
  await network.chain.kill();
  await page.getByText("The node does not answer.", { exact: false }).waitFor(LONG);
  await page.getByText("No connection: how you are now is not known here").waitFor(LONG);
  expect(await page.locator(CURRENT).count()).toBe(0);
  expect(await page.locator(NUMBER).count()).toBeGreaterThan(0);
  expect(await page.getByText(/usual range|within its limits|within their limits/).count()).toBe(0);
  expect(await me.inspect()).toEqual([]);
  await me.go("/patient/sharing");
  await button(page, "End it").first().click();
  const dialog = page.getByRole("dialog");
  await button(dialog, "End it").click();
  await told(page, "node/unreachable", "The node of the chain does not answer", "nothing was sent");
  await button(dialog, "Cancel").click();
  const other = await stage.person();
  await other.page.goto(await patient.link());
  await other.page.getByText("No connection").waitFor(LONG);
  await noNumber(other.page);
  await other.close();
  await network.chain.restart();
  await page.getByText(/^(Live|Delayed), block/).waitFor(LONG);
  const { revoked } = await (await network.as("stranger")).consent.grant({ patient: patient.number, grant });
  expect(revoked).toBe(false);
  await me.go("/patient");
  await page.getByText("The node does not answer.", { exact: false }).waitFor({ state: "detached", ...LONG });
  await page.getByText("No connection: how you are now is not known here").waitFor({ state: "detached", ...LONG });
});

test("without a network the browser's own numbers are shown as old, with their age", async () => {
  const { page, context } = me;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await page.locator(NUMBER).first().waitFor(LONG);
  await context.setOffline(true);
  await page.reload();
  await page.locator(NUMBER).first().waitFor(LONG);
  await page.getByText("Not current:").first().waitFor(LONG);
  await page.getByText("No connection: how you are now is not known here").waitFor(LONG);
  await page
    .getByText(/Not current \(as of block/)
    .first()
    .waitFor(LONG);
  expect(await page.locator(CURRENT).count()).toBe(0);
  expect(await page.getByText(/usual range|within its limits|within their limits/).count()).toBe(0);
  await context.setOffline(false);
  await page.getByText(/^(Live|Delayed), block/).waitFor(LONG);
});

/** The patient's keys as its link has them, under an identity that a wrong one does not open. */
async function keyFile(): Promise<string> {
  const opens = (await patient.link()).split("#/open/")[1] ?? "";
  const { keyring } = JSON.parse(Buffer.from(opens, "base64url").toString()) as { keyring: string };
  return keyring;
}
