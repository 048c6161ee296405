/** An insurer's work by clicks: products, pools, staff, policies, claims and statements, on a chain. */
import { readFileSync } from "node:fs";
import { attribute, claimsCalls, expectEvent, withFunds } from "@cw-vitals/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Name } from "./chain";
import { button, fill, tab } from "./clicks";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Patient } from "./patient";

let network: Network;
let stage: Stage;
let insurer: Person;
let patient: Patient;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  insurer = await stage.enter("insurer", "insurer");
});

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

/** Clicks what opens the dialog, and then the same words in it. */
async function confirmed(page: Page, opens: string, confirms = opens): Promise<void> {
  await button(page, opens).click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await button(dialog, confirms).click();
  await dialog.waitFor({ state: "hidden", timeout: 60_000 });
}

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();

async function bound(account: Name, product: string, premium: string): Promise<string> {
  const payee = await network.chain.address(account);
  const bind = claimsCalls.bind({ product, version: 1, patient: patient.number, payee, ground: { patient: {} } });
  const { events } = await network.send(account, withFunds(bind, [{ denom: "uvital", amount: premium }]));
  const policy = attribute(expectEvent(events, "claims", "policy_bound"), "policy");
  const { claims } = await network.as("stranger");
  // cover begins with the next second
  await expect.poll(async () => (await claims.policy({ policy })).state, { timeout: 20_000 }).toBe("active");
  return policy;
}

/** From the top of the page. */
async function picture(person: Person, name: string): Promise<void> {
  await person.page.evaluate(() => window.scrollTo(0, 0));
  await person.picture(name);
}

describe("a product of readings", () => {
  let policy: string;

  test("is made from a template, checked before it is sent, and on sale", async () => {
    const { page } = insurer;
    await page.getByRole("link", { name: "New product" }).first().click();
    await button(page, "Start with “Fast heart, by episode”").click();
    await fill(page, "Of that, waiting period", "400");
    await page.getByLabel("Or write them here").fill("An episode of a fast heart is paid.");
    await page.getByText("The chain would refuse these terms").waitFor();
    await fill(page, "Of that, waiting period", "0");
    await fill(page, "Benefit of one claim", "0.05");
    await fill(page, "Premium, each payment", "0.006");
    await page.getByLabel("The premium is paid", { exact: true }).selectOption({ label: "Once" });
    await fill(page, "Kept when a policy is cancelled", "0.001");
    await fill(page, "Threshold", "40");
    await fill(page, "Readings of each condition", "3");
    await fill(page, "Least time between two readings", "1");
    await page.getByLabel("Unit of: Least time between two readings").selectOption("second");
    await fill(page, "Paired with the patient before, at least", "0");
    await page.getByText("0.2 VITAL").first().waitFor();
    expect(await insurer.inspect()).toEqual([]);
    await picture(insurer, "insurer-terms");
    await confirmed(page, "Look at it once more", "Create product");
    await heading(page, "Product 1");
    await page.getByText("On sale", { exact: true }).waitFor();
  });

  test("has a pool that money goes into and only what is free comes out of", async () => {
    const { page } = insurer;
    await fill(page, "Amount to deposit", "5");
    await confirmed(page, "Deposit");
    await page.getByText("5 VITAL is free").waitFor();
    await fill(page, "Amount to withdraw", "9");
    await button(page, "Withdraw").click();
    await page.getByText("Only 5 VITAL is free.").waitFor();
    await fill(page, "Amount to withdraw", "1");
    await confirmed(page, "Withdraw");
    await page.getByText("4 VITAL is free").waitFor();
    await page.getByText("Balances to the coin").waitFor();
    expect(await insurer.inspect()).toEqual([]);
    await picture(insurer, "insurer-pool");
  });

  test("takes two people above an amount", async () => {
    const { page } = insurer;
    await insurer.go("/insurer/staff");
    await fill(page, "Account", await network.chain.address("assessor"));
    await page.getByLabel(/^Assessor:/).check();
    await page.getByLabel(/^Treasurer:/).check();
    await confirmed(page, "Give these parts");
    await page.getByText("assessor and treasurer").waitFor();
    expect(await insurer.inspect()).toEqual([]);
    await insurer.go("/insurer/products/1");
    await fill(page, "Two people above", "0.5");
    await confirmed(page, "Set the limit");
    await page.getByText("above 0.5 VITAL take two people").waitFor();
    await fill(page, "Amount to withdraw", "1");
    await confirmed(page, "Withdraw");
    await page.getByText("A withdrawal of 1 VITAL waits for a second person").waitFor();
    const second = await stage.enter("insurer", "assessor");
    await confirmed(second.page, "Agree and withdraw");
    await page.getByText("3 VITAL is free").waitFor();
    await second.close();
  });

  test("is bought, and its policy shows what it locks", async () => {
    const { page } = insurer;
    policy = await bound("patient", "1", "6000");
    await tab(page, "Policies");
    await page.getByRole("link", { name: policy, exact: true }).click();
    await heading(page, `Policy ${policy}`);
    await page.getByText("Covered", { exact: true }).waitFor();
    expect(await insurer.inspect()).toEqual([]);
  });

  test("pays a claim, whose readings are verified in the browser", async () => {
    const { page } = insurer;
    const heart = await network.newDevice("heart-monitor", "heart");
    const gateway = await patient.gateway("gateway", [heart]);
    await heart.run(gateway);
    await expect
      .poll(
        () =>
          patient.claim(policy).then(
            () => true,
            () => false,
          ),
        { timeout: 110_000, interval: 4_000 },
      )
      .toBe(true);
    await page.getByRole("link", { name: `${policy} / 1`, exact: true }).click();
    await page.getByText("Verified: the readings meet the terms").waitFor();
    const met = page.getByText("Meets them", { exact: true });
    expect(await met.count()).toBeGreaterThanOrEqual(3);
    await page.getByText("Leads to the signed root").first().waitFor();
    expect(await insurer.inspect()).toEqual([]);
    await picture(insurer, "insurer-evidence");
    await heart.stop();
    await gateway.stop();
  });

  test("has a statement that reconciles with the chain to the last coin", async () => {
    const { page } = insurer;
    await insurer.go("/insurer/products/1");
    await tab(page, "Statement");
    await button(page, "Draw up the statement").click();
    await page.getByText("Reconciles with the chain").waitFor();
    const [saved] = await Promise.all([page.waitForEvent("download"), button(page, "Download as CSV").click()]);
    const lines = readFileSync(await saved.path(), "utf8")
      .trim()
      .split("\n");
    const pool = await (await network.as("stranger")).claims.pool({ product: "1" });
    expect(lines).toHaveLength(Number(pool.movements) + 1);
    const after = (lines.at(-1) ?? "").split(",").slice(-4, -1);
    expect(after).toEqual([pool.free, pool.locked, pool.held]);
    expect(await insurer.inspect()).toEqual([]);
    await picture(insurer, "insurer-statement");
  });
});

describe("a product of invoices", () => {
  let policy: string;
  const filed = async (digest: string, deposit = "10000") => {
    const vitals = await network.as("stranger");
    const { covered_from: served_from } = await vitals.claims.policy({ policy });
    const served_until = served_from + 1;
    await expect
      .poll(async () => (await vitals.head()).timeMs, { timeout: 20_000 })
      .toBeGreaterThan(served_until * 1_000);
    const invoice = { digest: btoa(digest.padEnd(32, ".")), amount: "120000", served_from, served_until };
    const file = claimsCalls.fileInvoice({ policy, ground: { patient: {} }, invoice });
    const { events } = await network.send("patient", withFunds(file, [{ denom: "uvital", amount: deposit }]));
    return Number(attribute(expectEvent(events, "claims", "claim_filed"), "claim"));
  };

  test("is made with an arbiter, offered to a patient, and offers can be withdrawn", async () => {
    const { page } = insurer;
    await insurer.go("/insurer/products/new");
    await fill(page, "Account of the arbiter", await network.chain.address("arbiter"));
    await button(page, "Start with “Bills for care”").click();
    await fill(page, "Of that, waiting period", "0");
    await page.getByLabel("Or write them here").fill("Bills for the care of the heart.");
    await page.getByText("What these terms come to").waitFor();
    await confirmed(page, "Look at it once more", "Create product");
    await heading(page, "Product 2");
    await fill(page, "Amount to deposit", "20");
    await confirmed(page, "Deposit");
    await tab(page, "Policies");
    await fill(page, "Patient’s number", patient.number);
    await fill(page, "Account that is paid", await network.chain.address("patient"));
    await confirmed(page, "Offer the policy");
    const offered = page.getByRole("row").filter({ hasText: "Offered" }).getByRole("link");
    policy = (await offered.textContent()) ?? "";
    await offered.click();
    await confirmed(page, "Withdraw the offer");
    await page.getByText("The offer was withdrawn and its premium given back.").waitFor();
    policy = await bound("patient", "2", "150000");
  });

  test("has its claims decided by the assessor, in part and with a reason", async () => {
    const claim = await filed("an invoice");
    const assessor = await stage.enter("insurer", "assessor");
    const { page } = assessor;
    await page.getByRole("link", { name: `${policy} / ${claim}`, exact: true }).click();
    await page.getByLabel("A part of it").check();
    await fill(page, "Amount to award", "0.08");
    await button(page, "Decide").click();
    await page.getByText("Give a reason.").waitFor();
    await page.getByLabel("Reason", { exact: true }).fill("Two of three days are covered.");
    expect(await assessor.inspect()).toEqual([]);
    await picture(assessor, "insurer-decide");
    await confirmed(page, "Decide");
    await page.getByText("Decided, may be appealed").waitFor();
    await page.getByText("0.08 VITAL").first().waitFor();
    await assessor.close();
  });

  test("has the arbiter's last word on an appeal", async () => {
    await network.send(
      "patient",
      claimsCalls.appeal({ policy, claim: 1, ground: { patient: {} }, reason: btoa("r".repeat(32)) }),
    );
    const arbiter = await stage.enter("insurer", "arbiter");
    const { page } = arbiter;
    await arbiter.go("/insurer/claims");
    await page.getByText("Yours to decide as arbiter").waitFor();
    expect(await arbiter.inspect()).toEqual([]);
    await page.getByRole("link", { name: `${policy} / 1`, exact: true }).click();
    await page.getByText("Not less than was awarded before: 0.08 VITAL.").waitFor();
    await page.getByLabel("A part of it").check();
    await fill(page, "Amount to award", "0.1");
    await page.getByLabel("Reason", { exact: true }).fill("All three days are.");
    await confirmed(page, "Decide");
    await page.getByText("Closed and paid").waitFor();
    await arbiter.close();
  });
});

test("every other page is accessible, fits a phone, and reaches nobody else", async () => {
  for (const path of ["", "/claims", "/products", "/policies", "/money", "/products/2/amend"]) {
    await insurer.go(`/insurer${path}`);
    await insurer.page.locator(".loading").first().waitFor({ state: "detached" });
    expect([path, await insurer.inspect()]).toEqual([path, []]);
  }
  await insurer.go("/insurer");
  await picture(insurer, "insurer-overview");
  expect(stage.faults()).toEqual([]);
});
