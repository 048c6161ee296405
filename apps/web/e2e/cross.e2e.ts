/**
 * The whole story by clicks, each person in a window: from contracts that know nobody to a paid claim. What one does in
 * one window, the others see in theirs.
 */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import {
  becomePatient,
  button,
  confirmed,
  createLocal,
  fileOf,
  fill,
  opened,
  PASSPHRASE,
  section,
  tab,
  unlock,
} from "./clicks";
import { sendCoins } from "./coins";
import type { Device, Kind } from "./device";
import type { Gateway } from "./gateway";
import { type Person, Stage } from "./harness";
import { keptReadings } from "./kept";
import { Network } from "./network";
import { output, program } from "./service";
import { nextBlock, Shown } from "./shown";

const LONG = { timeout: 60_000 };
/** What a block changes is on every screen after so long. */
const LIVE_MS = 2_000;
const SUMMARY = /Heart rate: (\d+) readings? from/;

let network: Network;
let stage: Stage;
let patient: Person;
let clinician: Person;
let guardian: Person;
let insurer: Person;
let number: string;
let account: string;
let gateway: Gateway;
let heart: Device;
let policy: string;

beforeAll(async () => {
  network = await Network.start({ credentials: false, models: false, coins: false });
  stage = await Stage.on(network);
}, 300_000);

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

const simulator = (...args: string[]) => output(program("vitals-device-sim"), args);

/** As the maker's page takes it: the file, and what is said before it is sent. */
async function sendFile(page: Page, file: string, action: string): Promise<void> {
  await page.evaluate(() => {
    location.hash = "#/operator/devices/new";
  });
  // a page that has just been opened may be drawn once more, and is empty again
  const sends = button(page, action);
  const given = async () => {
    await page.locator("input[type=file]").setInputFiles(file);
    await sends.waitFor({ timeout: 5000 });
  };
  await vi.waitFor(given, { timeout: 40_000 });
  await confirmed(page, sends);
}

test("the owner and the board admit who must be known, before anybody is enrolled", async () => {
  const owner = await stage.enter("operator", "deployer");
  const board = await stage.enter("operator", "board");
  await owner.go("/operator/admissions");
  await tab(owner.page, "Issuers");
  await fill(owner.page, "Account", await network.chain.address("board"));
  for (const role of ["Clinician", "Insurer", "Vault operator"])
    await owner.page.getByLabel(role, { exact: true }).check();
  await confirmed(owner.page, button(owner.page, "Admit the issuer"));
  await tab(owner.page, "Denominations");
  await fill(owner.page, "Name of the smallest unit", "uvital");
  await confirmed(owner.page, button(owner.page, "Admit the denomination"));
  await board.go("/operator/admissions");
  for (const [name, role] of [
    ["clinician", "Clinician"],
    ["insurer", "Insurer"],
    ["vault", "Vault operator"],
  ] as const) {
    await fill(board.page, "Account", await network.chain.address(name));
    await board.page.getByLabel("Role", { exact: true }).last().selectOption({ label: role });
    await confirmed(board.page, button(board.page, "Issue the credential"));
    await board.page.getByRole("row").filter({ hasText: role }).getByText("Live").waitFor(LONG);
  }
  const key = ["--key-file", join(network.dir, "maker.key"), "--account", await network.chain.address("maker")];
  const file = fileOf(network, "maker.json", await simulator("maker", ...key, "--name", "Example Devices"));
  await sendFile(owner.page, file, "Admit the maker");
  await owner.close();
  await board.close();
});

test("the maker lists its models and registers a device", async () => {
  const maker = await stage.enter("operator", "maker");
  for (const kind of ["heart-monitor", "pulse-oximeter"] satisfies Kind[]) {
    const dir = join(network.dir, "models", kind);
    await simulator("new", "--dir", dir, "--kind", kind);
    await sendFile(
      maker.page,
      fileOf(network, `${kind}.json`, await simulator("model", "--dir", dir)),
      "List the model",
    );
    await maker.page.getByRole("heading", { level: 1, name: /^Model \d+$/ }).waitFor(LONG);
  }
  heart = await network.newDevice("heart-monitor", "heart");
  await sendFile(maker.page, heart.registrationFile, "Register the device");
  const title = maker.page.getByRole("heading", { level: 1, name: /^Device \d+$/ });
  heart.number = ((await title.textContent(LONG)) ?? "").replace("Device ", "");
  await maker.close();
  gateway = await network.newGateway("gateway");
});

test("a patient draws words and identity in the browser, and is told why nothing can be sent without a coin", async () => {
  patient = await stage.person();
  const { page } = patient;
  await page.goto(network.app);
  await createLocal(page, "Me");
  await opened(page);
  await page.getByRole("heading", { level: 1, name: "First steps" }).waitFor(LONG);
  await patient.go("/account");
  await page.getByRole("heading", { level: 1, name: "Account" }).waitFor(LONG);
  account = (await page.locator("main .address code").first().textContent()) ?? "";
  expect(account).toMatch(/^wasm1/);
  await patient.go("/patient");
  await button(page, "Get my number").click();
  const dialog = page.getByRole("dialog");
  await button(dialog, "Get my number").click();
  await dialog.getByText("This account is not on the chain yet").waitFor(LONG);
  await dialog.getByText("account/unknown", { exact: true }).waitFor();
  await button(dialog, "Cancel").click();
  await sendCoins(network, "stranger", account, "10000000uvital");
});

test("the patient enrols and makes keys", async () => {
  await becomePatient(patient.page);
  await patient.go("/patient/devices/pair");
  number = ((await patient.page.locator("main code").first().textContent()) ?? "").trim();
  expect(number).toMatch(/^\d+$/);
});

test("the patient pairs devices and lets the gateway send", async () => {
  const { page } = patient;
  for (const device of [gateway.own, heart]) {
    await page.getByLabel("Choose a file").setInputFiles(await device.pairingFile(number));
    await confirmed(page, button(page, "Pair it with me"));
    await page.getByText("The device is paired with you").waitFor(LONG);
  }
  await patient.go("/patient/sharing/new?actions=seal");
  await fill(page, "Address of the account", await network.chain.address("gateway"));
  await confirmed(page, button(page, "Next: what it means"), "Give permission");
  await section(page, "Gateway").first().waitFor(LONG);
  const { grants } = await (await network.as("stranger")).consent.grants({ patient: number });
  await gateway.start({ patient: number, grant: grants[0]?.grant ?? "", devices: [heart] });
  await heart.run(gateway, { every: 1, batchSeconds: 3 });
  await patient.go("/patient");
  await page
    .locator("article", { hasText: "Heart rate" })
    .getByText(/usual range/)
    .waitFor(LONG);
});

test("a clinician publishes a key, asks by a link, is let in, and sees the chart without a reload", async () => {
  clinician = await stage.enter("clinician", "clinician", { identity: await identityOf() });
  const { page } = clinician;
  await confirmed(page, button(page, "Publish my key"));
  await page.getByText("Your account has published no key yet").waitFor({ state: "detached", ...LONG });
  await clinician.go("/clinician/access");
  await page.getByLabel("Message to the patient").fill("Ward 4");
  const link = (await page.getByTestId("access-link").textContent()) ?? "";
  await clinician.go("/clinician");
  await patient.go(new URL(link).hash.slice(1));
  await patient.page.getByText("Attested as: clinician").waitFor(LONG);
  const said = await confirmed(patient.page, button(patient.page, "Next: what it means"), "Give permission");
  expect(said).toContain("it cannot be unread");
  const row = page.getByRole("row", { name: new RegExp(number) });
  await row.getByRole("link").click(LONG);
  await page.locator("article", { hasText: "Heart rate" }).locator(".tile-number").waitFor(LONG);
  await tab(page, "Charts");
  await page.getByText(SUMMARY).first().waitFor(LONG);
  await page.locator(".chart-plot canvas").first().waitFor();
  expect(await keptReadings(page, number)).toBeGreaterThan(0);
});

test("an alert is in the guardian's window, and the answer in the patient's, within two seconds of its block", async () => {
  const { page } = patient;
  await patient.go("/patient/guardians");
  await fill(page, "Address of their account", await network.chain.address("guardian"));
  await confirmed(page, button(page, "Next: what it means"), "Appoint");
  await patient.go("/patient/alerts/ladder");
  // an alert does not wait for a vault to have its detail
  patient.expect(/status of 404 .*\/v1\/alerts\//);
  await fill(page, "Accounts of those called", await network.chain.address("guardian"));
  await confirmed(page, button(page, "Save the call list"));
  guardian = await stage.enter("guardian", "guardian");
  await guardian.page.getByText("Nothing waits for you.").waitFor(LONG);
  await patient.go("/patient/alerts");
  await page.getByText("No alerts").waitFor(LONG);
  const chain = await network.as("stranger");

  const raised = nextBlock(chain, "alert_raised");
  const seen = await Shown.watch(guardian.page, "alert", ".alert-card", "Waits for an answer");
  await heart.episode();
  const reached = (await seen.when()) - (await raised);
  const answered = nextBlock(chain, "alert_acknowledged");
  const back = await Shown.watch(page, "answer", ".alert-card", "Taken on by");
  const card = guardian.page.locator(".alert-card").first();
  await confirmed(guardian.page, button(card, "Take it on"));
  const returned = (await back.when()) - (await answered);
  console.log(`block to screen: alert ${reached} ms, acknowledgement ${returned} ms`);
  expect(reached).toBeLessThanOrEqual(LIVE_MS);
  expect(returned).toBeLessThanOrEqual(LIVE_MS);
  expect(await page.locator(".alert-card", { hasText: "Taken on by" }).textContent()).toContain(
    (await network.chain.address("guardian")).slice(0, 10),
  );
});

test("an insurer makes a product, fills its pool and offers the patient a policy", async () => {
  insurer = await stage.enter("insurer", "insurer");
  const { page } = insurer;
  await page.getByRole("link", { name: "New product" }).first().click();
  await button(page, "Start with “Fast heart, by episode”").click();
  await page.getByLabel("Or write them here").fill("Three readings of the heart are paid.");
  for (const [label, text] of [
    ["Of that, waiting period", "0"],
    ["Benefit of one claim", "0.05"],
    ["Premium, each payment", "0.006"],
    ["Kept when a policy is cancelled", "0.001"],
    ["Threshold", "40"],
    ["Readings of each condition", "3"],
    ["Least time between two readings", "1"],
    ["Paired with the patient before, at least", "0"],
  ] as const)
    await fill(page, label, text);
  await page.getByLabel("The premium is paid", { exact: true }).selectOption({ label: "Once" });
  await page.getByLabel("Unit of: Least time between two readings").selectOption("second");
  await confirmed(page, button(page, "Look at it once more"), "Create product");
  await page.getByRole("heading", { level: 1, name: "Product 1" }).waitFor(LONG);
  await fill(page, "Amount to deposit", "5");
  await confirmed(page, button(page, "Deposit"));
  await page.getByText("5 VITAL is free").waitFor(LONG);
  await tab(page, "Policies");
  await fill(page, "Patient’s number", number);
  await fill(page, "Account that is paid", account);
  await confirmed(page, button(page, "Offer the policy"));
  const row = page.getByRole("row").filter({ hasText: "Offered" });
  policy = (await row.getByRole("link").textContent(LONG)) ?? "";
});

test("the patient accepts it, claims after seeing what is published for ever, and the payment is in the balance", async () => {
  const { page } = patient;
  await patient.go(`/patient/insurance/policies/${policy}`);
  await page.getByText("Offered to you").waitFor(LONG);
  await confirmed(page, button(page, /^Accept/));
  await page.getByText("You are covered").waitFor(LONG);
  const has = page.locator("dt", { hasText: "That account has" }).locator("xpath=following-sibling::dd[1]");
  await has.getByText("10 VITAL").waitFor(LONG);
  await page.getByRole("link", { name: "Claim", exact: true }).click();
  const found = page.getByText("3 readings meet the terms");
  const search = button(page, /^(Search my readings|Search again|Try again)$/).first();
  await expect
    .poll(
      async () => {
        await search.click();
        await found.or(page.getByText("No readings of yours make a claim")).waitFor(LONG);
        return found.isVisible();
      },
      { timeout: 90_000, interval: 3_000 },
    )
    .toBe(true);
  const rows = page.getByRole("table").getByRole("row");
  expect(await rows.count()).toBe(4);
  const shown = await rows.nth(1).getByRole("time").getAttribute("datetime");
  const said = await confirmed(page, button(page, "Next: send the claim"), "Publish and claim");
  expect(said).toContain("go into a block that everybody can read");
  await page.getByRole("cell").getByText("0.05 VITAL").waitFor(LONG);
  await has.getByText("10.05 VITAL").waitFor(LONG);
  // what the insurer verified is what the patient was shown
  await insurer.go(`/insurer/policies/${policy}`);
  await insurer.page.getByRole("link", { name: `${policy} / 1`, exact: true }).click(LONG);
  await insurer.page.getByText("Verified: the readings meet the terms").waitFor(LONG);
  const times = await insurer.page.locator("time").evaluateAll((all) => all.map((one) => one.getAttribute("datetime")));
  expect(times).toContain(shown);
});

test("revoked in the patient's window, the chart leaves the clinician's, and nothing of it stays readable there", async () => {
  const { page } = clinician;
  const chain = await network.as("stranger");
  await page.getByText(SUMMARY).first().waitFor(LONG);
  await patient.go("/patient/sharing");
  const treatment = section(patient.page, "Treatment").first();
  const block = nextBlock(chain, "revoked");
  await treatment.waitFor(LONG);
  const gone = await Shown.watch(page, "gone", "main", "No readings of this time are open to you");
  const said = await confirmed(patient.page, button(treatment, "End it"));
  expect(said).toContain("it cannot be unread");
  const after = (await gone.when()) - (await block);
  console.log(`block to screen: revocation ${after} ms`);
  expect(after).toBeLessThanOrEqual(LIVE_MS);
  await noReadings(page);
  await expect.poll(() => keptReadings(page, number), { timeout: 20_000 }).toBe(0);
  for (const name of ["Overview", "Charts"]) {
    await tab(page, name);
    await page.getByText("Nothing of this time is open to you.").first().waitFor(LONG);
    await noReadings(page);
  }
});

test("nor does the browser show any of it later without the network", async () => {
  const { page, context } = clinician;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.setOffline(true);
  await page.reload();
  await page.getByText("The node does not answer.", { exact: false }).waitFor(LONG);
  await noReadings(page);
  await context.setOffline(false);
});

test("the patient's own browser opens everything again after it was locked, with the passphrase", async () => {
  const { page } = patient;
  await button(page, "Lock").first().click();
  await unlock(page);
  await opened(page);
  await patient.go("/patient/measures/heart_rate");
  await page.getByText(SUMMARY).first().waitFor(LONG);
  expect(PASSPHRASE.length).toBeGreaterThan(10);
});

async function noReadings(page: Page): Promise<void> {
  expect(await page.getByText(SUMMARY).count()).toBe(0);
  expect(await page.locator(".tile-number, .chart-plot canvas, [id^=finding-]").count()).toBe(0);
}

/** A clinician's own identity, which nobody has published yet. */
async function identityOf(): Promise<string> {
  const { Identity, loadCore } = await import("@cw-vitals/client/core");
  await loadCore();
  return Identity.create().reveal();
}
