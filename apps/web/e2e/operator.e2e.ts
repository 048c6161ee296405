/** An operator's work by clicks: admissions, devices, gateways, contracts, and what waits. */
import { careCalls, claimsCalls, withFunds } from "@cw-vitals/client";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { button, fill, tab } from "./clicks";
import type { Device } from "./device";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Patient } from "./patient";

let network: Network;
let stage: Stage;
let owner: Person;
let maker: Person;
let oximeter: Device;
let patient: Patient;

beforeAll(async () => {
  network = await Network.start({ credentials: false, models: true, coins: false });
  stage = await Stage.on(network);
  [owner, maker] = [await stage.enter("operator", "deployer"), await stage.enter("operator", "maker")];
});

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

async function confirmed(at: Page | Locator, opens: string, page: Page): Promise<void> {
  await button(at, opens).click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await button(dialog, opens).click();
  await dialog.waitFor({ state: "hidden", timeout: 60_000 });
}

test("the overview shows the chain, its node, the vaults and the contracts", async () => {
  const { page } = owner;
  await page.getByText("New blocks come").waitFor();
  await page.getByText("All are of version").waitFor();
  const vault = page.locator("section").filter({ has: page.getByRole("heading", { name: "Vault ward" }) });
  await vault.getByText("Answers", { exact: true }).waitFor();
  // a request that the vault has to refuse, which the browser writes down
  owner.expect(/status of 404 .*\/v1\/receipts\/0\)$/);
  await button(vault, "Ask for its name and its chain").click();
  await vault.getByText("Right name, fresh chain").waitFor();
  expect(await owner.inspect()).toEqual([]);
  await owner.picture("operator-overview");
});

test("the owner admits an issuer, which issues and withdraws credentials", async () => {
  const { page } = owner;
  await owner.go("/operator/admissions");
  await tab(page, "Issuers");
  await fill(page, "Account", await network.chain.address("board"));
  for (const role of ["Clinician", "Insurer", "Vault operator"]) await page.getByLabel(role, { exact: true }).check();
  await confirmed(page, "Admit the issuer", page);
  await page
    .getByRole("cell")
    .filter({ hasText: /Clinician, Insurer,? and Vault operator/ })
    .waitFor();
  expect(await owner.inspect()).toEqual([]);
  const board = await stage.enter("operator", "board");
  await board.go("/operator/admissions");
  const issue = async (account: "insurer" | "clinician", role: string) => {
    await fill(board.page, "Account", await network.chain.address(account));
    await board.page.getByLabel("Role", { exact: true }).last().selectOption({ label: role });
    await confirmed(board.page, "Issue the credential", board.page);
  };
  await issue("insurer", "Insurer");
  await issue("clinician", "Clinician");
  const row = (role: string) => board.page.getByRole("row").filter({ hasText: role });
  await row("Clinician").getByText("Live").waitFor();
  expect(await board.inspect()).toEqual([]);
  await board.picture("operator-credentials");
  await confirmed(row("Clinician"), "Withdraw", board.page);
  await row("Clinician").getByText("Over").waitFor();
  await row("Insurer").getByText("Live").waitFor();
  await board.close();
});

test("the owner admits a denomination, and suspends and admits a maker", async () => {
  const { page } = owner;
  await tab(page, "Denominations");
  await fill(page, "Name of the smallest unit", "uvital");
  await confirmed(page, "Admit the denomination", page);
  await page.getByRole("cell").filter({ hasText: "uvital" }).waitFor();
  await tab(page, "Makers");
  await confirmed(page, "Suspend", page);
  await confirmed(page, "Admit again", page);
  await button(page, "Suspend").waitFor();
  expect(await owner.inspect()).toEqual([]);
});

test("a maker registers a device from its file, and suspends and restores it", async () => {
  const { page } = maker;
  oximeter = await network.newDevice("pulse-oximeter", "oximeter");
  await maker.go("/operator/devices/new");
  await page.locator("input[type=file]").setInputFiles(oximeter.registrationFile);
  await page.getByText("Attested by its maker").waitFor();
  expect(await maker.inspect()).toEqual([]);
  await confirmed(page, "Register the device", page);
  await page.getByRole("heading", { level: 1, name: "Device 1" }).waitFor();
  oximeter.number = "1";
  await confirmed(page, "Suspend", page);
  await confirmed(page, "Restore", page);
  await page.getByText("With nobody").waitFor();
  expect(await maker.inspect()).toEqual([]);
  await maker.go("/operator/devices");
  await page.getByRole("row").filter({ hasText: "With nobody" }).waitFor();
  expect(await maker.inspect()).toEqual([]);
});

test("a file that is none is refused in words", async () => {
  const { page } = maker;
  await maker.go("/operator/devices/new");
  await page.getByLabel("Or paste what is in it").fill('{"cw_vitals": "device_pairing", "version": 1}');
  await page.getByText(/This is another kind of file|Something in the file/).waitFor();
});

test("a maker recalls firmware, and anybody marks a device for it", async () => {
  const { page } = maker;
  const spare = await network.newDevice("pulse-oximeter", "spare");
  const number = await spare.register();
  const { firmware, model } = await (await network.as("stranger")).registry.device({ device: number });
  await maker.go(`/operator/models/${model}`);
  await fill(page, "From firmware", String(firmware + 1));
  await fill(page, "To firmware", String(firmware + 2));
  await fill(page, "The published reason", "Reads too high in the cold.");
  await confirmed(page, "Recall", page);
  await page.getByRole("row").filter({ hasText: "to" }).first().waitFor();
  expect(await maker.inspect()).toEqual([]);
});

test("gateways show whose batches came when, and what is missing", async () => {
  patient = await Patient.admit(network, "patient");
  const gateway = await patient.gateway("gateway", [oximeter]);
  await oximeter.run(gateway, { every: 1 });
  const { page } = owner;
  await owner.go("/operator/gateways");
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "1", exact: true }) });
  await row.getByText("Fresh").waitFor({ timeout: 60_000 });
  expect(await owner.inspect()).toEqual([]);
  await owner.picture("operator-gateways");
  await oximeter.stop();
});

test("what waits is shown with its reason, and called by a button", async () => {
  const { page } = owner;
  const payee = await network.chain.address("patient");
  const vitals = await network.as("insurer");
  const terms = {
    benefit: { fixed: { amount: "5" } },
    premium: { once: { amount: "1" } },
    minimum_charge: "0",
    term_s: 1,
    waiting_s: 0,
    file_within_s: 1,
    evidence: {
      disclosed: {
        rule: {
          conditions: [{ measure: "heart_rate" as const, comparison: "at_least" as const, threshold: 400 }],
          readings: 1,
          spaced_s: 0,
          within_s: 0,
          anchored_within_s: 60,
          min_assurance: "maker" as const,
          accept_questionable: false,
          paired_for_s: 0,
          calibrated: false,
          accept_simulated: false,
        },
        models: [],
      },
    },
    reward: null,
    terms_digest: btoa("t".repeat(32)),
  };
  const coins = [{ denom: "uvital", amount: "100" }];
  await vitals.send([claimsCalls.createProduct({ product: { denom: { native: "uvital" }, terms }, insurer: null })]);
  await vitals.send(withFunds(claimsCalls.deposit({ product: "1" }), coins));
  const bind = claimsCalls.bind({ product: "1", version: 1, patient: patient.number, payee, ground: { patient: {} } });
  await network.send("patient", withFunds(bind, [{ denom: "uvital", amount: "1" }]));
  const ladder = { patient: patient.number, ladder: 1, ends_in_emergency: false };
  const clinician = await network.chain.address("clinician");
  const tiers = [1, 300].map((within_s) => ({ responders: [clinician], within_s }));
  await network.send("patient", careCalls.setLadder({ ...ladder, tiers }));
  await owner.go("/operator/waiting");
  const row = page.getByRole("row").filter({ hasText: "Policy 1" });
  await row.waitFor({ timeout: 60_000 });
  expect(await owner.inspect()).toEqual([]);
  await owner.picture("operator-waiting");
  await button(row, "Free its money").click();
  await button(page.getByRole("dialog"), "Call").click();
  await row.waitFor({ state: "detached", timeout: 60_000 });
  const policy = await vitals.claims.policy({ policy: "1" });
  expect(policy.state).toBe("expired");
});

test("the owner pauses a contract and hands it on, in two steps", async () => {
  const { page } = owner;
  await owner.go("/operator/contracts");
  const card = (at: Page) =>
    at.locator("section").filter({ has: at.getByRole("heading", { name: "Care", exact: true }) });
  await confirmed(card(page), "Pause new business", page);
  await card(page).getByText("New business is paused").waitFor();
  expect(await owner.inspect()).toEqual([]);
  await owner.picture("operator-contracts");
  await confirmed(card(page), "Let new business go on", page);
  await button(card(page), "Propose another owner").click();
  await fill(page, "Account of the next owner", await network.chain.address("board"));
  await button(page.getByRole("dialog"), "Propose another owner").click();
  await card(page).getByText("Proposed owner").waitFor();
  const board = await stage.enter("operator", "board");
  await board.go("/operator/contracts");
  await confirmed(card(board.page), "Become the owner", board.page);
  await card(board.page).getByText("This account", { exact: true }).waitFor();
  await board.close();
});

test("every other page is accessible, fits a phone, and reaches nobody else", async () => {
  for (const path of ["/waiting", "/models", "/devices/1"]) {
    await owner.go(`/operator${path}`);
    await owner.page.locator(".loading").first().waitFor({ state: "detached" });
    expect([path, await owner.inspect()]).toEqual([path, []]);
  }
  expect(stage.faults()).toEqual([]);
});
