/** Bills by clicks: filed with a deposit, awarded, refused, appealed, decided, and left open by whoever stays silent. */
import { claimsCalls } from "@cw-vitals/client";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { button, confirmed, fileOf, fill } from "./clicks";
import { type Person, Stage } from "./harness";
import { bills, bind, open, past, policyOf, poolOf, sell } from "./insured";
import { Network } from "./network";
import { Patient } from "./patient";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });
const LONG = { timeout: 90_000 };

let network: Network;
let stage: Stage;
let patient: Patient;
let me: Person;
let assessor: Person;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  const account = await network.chain.address("assessor");
  await network.send("insurer", claimsCalls.setStaff({ account, parts: ["assessor"] }));
  me = await open(stage, await patient.link());
  assessor = await open(stage, await network.link("insurer", "assessor"));
});

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

/** Fills in the form of a bill and files it; what the dialog said. */
async function file(policy: string, document: string, amount: string): Promise<string> {
  const { page } = me;
  await past(network, (await policyOf(network, policy)).covered_from + 1);
  await me.go(`/patient/insurance/policies/${policy}/invoice`);
  await page.getByLabel("The bill, as a file").setInputFiles(document);
  await fill(page, "Sum", amount);
  const said = await confirmed(page, button(page, "Next: what it means"), "File the bill");
  await page.getByRole("heading", { level: 1, name: `Policy ${policy}` }).waitFor();
  return said;
}

/** The row of a claim on the patient's page of the policy. */
const claimRow = (claim: number) => me.page.getByRole("row", { name: new RegExp(`^${claim}\\b`) });

const claimCell = (claim: number, name: string) => claimRow(claim).getByRole("cell", { name, exact: true });

async function look(person: Person, policy: string, claim: number): Promise<Page> {
  await person.go(`/insurer/claims/${policy}/${claim}`);
  await person.page.getByRole("heading", { level: 1, name: `Claim ${claim} of policy ${policy}` }).waitFor();
  return person.page;
}

async function award(page: Page, part: string, reason: string): Promise<string> {
  await page.getByLabel(part === "0" ? "Nothing" : "A part of it", { exact: true }).check(LONG);
  if (part !== "0") await fill(page, "Amount to award", part);
  await page.getByLabel("Reason", { exact: true }).fill(reason);
  return confirmed(page, button(page, "Decide"));
}

describe("a bill under a policy that was taken out today", () => {
  let product: string;
  let policy: string;
  let document: string;

  beforeAll(async () => {
    product = await sell(network, await bills(network), "20000000");
    document = fileOf(network, "bill.txt", "Three days on the ward: 0.12 VITAL");
  });

  test("is filed with the deposit, after what is public for ever was shown", async () => {
    const { page } = me;
    await me.go(`/patient/insurance/products/${product}`);
    await page.getByText("You leave a deposit of 0.01 VITAL.", { exact: false }).waitFor();
    await confirmed(page, button(page, "Take it out"), "Pay 0.006 VITAL");
    await page.getByText("You are covered").waitFor(LONG);
    policy = new URL(page.url()).hash.split("/").at(-1) ?? "";
    await page.getByRole("link", { name: "File a bill" }).click();
    await button(page, "Next: what it means").click();
    await page.getByText("Choose the file.").waitFor();
    await fill(page, "Sum", "0.21");
    await page.getByText("The policy pays at most 0.2 VITAL.").waitFor();
    await page.getByText("Exactly 210000 uvital.", { exact: false }).waitFor();
    expect(await me.inspect()).toEqual([]);
    const said = await file(policy, document, "0.12");
    for (const words of [
      "You ask for 0.12 VITAL",
      "You leave 0.01 VITAL",
      "digest of the document are public for ever",
    ])
      expect(said).toContain(words);
    await claimCell(1, "With the assessor").waitFor(LONG);
    expect(await poolOf(network, product)).toMatchObject({ held: "10000", claim_deposits: "10000", paid: "0" });
  });

  test("is the same document for the insurer, or said to be another", async () => {
    const page = await look(assessor, policy, 1);
    await page.getByText("Check a document against its fingerprint").first().click();
    await page.getByLabel("Choose the document").setInputFiles(document);
    await page.getByText("This is the document.").waitFor();
    await page.getByLabel("Choose the document").setInputFiles(fileOf(network, "other.txt", "Four days: 0.12 VITAL"));
    await page.getByText("This is another document, or it was changed.").waitFor();
  });

  test("is awarded in part, which the patient is told with the time to appeal", async () => {
    const said = await award(await look(assessor, policy, 1), "0.08", "Two of three days are covered.");
    expect(said).toContain("0.08 VITAL is paid at once");
    await claimCell(1, "Less was awarded").waitFor(LONG);
    await claimCell(1, "0.08 VITAL").waitFor();
    const { evidence } = await (await network.as("stranger")).claims.claim({ policy, claim: 1 });
    const deadline = "invoice" in evidence ? (evidence.invoice.deadline ?? 0) : 0;
    const shown = await claimRow(1).locator("time").last().getAttribute("datetime");
    expect(shown).toBe(new Date(deadline * 1_000).toISOString());
  });

  test("is appealed with the deposit as bond, and the arbiter’s word is carried out", async () => {
    await claimRow(1).getByRole("button", { name: "Appeal" }).click();
    const dialog = me.page.getByRole("dialog");
    await dialog.getByText("your deposit of 0.01 VITAL pays the arbiter", { exact: false }).waitFor();
    expect(await button(dialog, "Appeal").isDisabled()).toBe(true);
    await dialog.getByLabel("Your reason").fill("All three days were on the ward.");
    await button(dialog, "Appeal").click();
    await claimCell(1, "With the arbiter").waitFor(LONG);
    const arbiter = await open(stage, await network.link("insurer", "arbiter"));
    const page = await look(arbiter, policy, 1);
    await page.getByText("Not less than was awarded before: 0.08 VITAL.").waitFor(LONG);
    await page.getByLabel("A part of it", { exact: true }).check();
    await fill(page, "Amount to award", "0.07");
    await button(page, "Decide").click();
    await page.getByText("Give at least 0.08 VITAL.").waitFor();
    await award(page, "0.1", "Two and a half days are.");
    await claimCell(1, "0.1 VITAL").waitFor(LONG);
    await claimCell(1, "Paid").waitFor();
    // the insurer lost: its bond is the arbiter's fee, and the deposit is the patient's again
    expect(await poolOf(network, product)).toMatchObject({
      paid: "100000",
      fees: "10000",
      returned: "10000",
      held: "0",
    });
    expect(await arbiter.inspect()).toEqual([]);
    await arbiter.close();
  });

  test("is refused for a reason, and nothing is paid", async () => {
    const again = fileOf(network, "again.txt", "One more day: 0.03 VITAL");
    await file(policy, again, "0.03");
    const said = await award(await look(assessor, policy, 2), "0", "That day is of other care.");
    expect(said).toContain("Nothing is paid.");
    await claimCell(2, "Nothing was awarded").waitFor(LONG);
    await claimCell(2, "0 VITAL").waitFor();
    expect(await me.inspect()).toEqual([]);
  });

  test("takes two people above the limit, the first of whom is told so", async () => {
    await network.send("insurer", claimsCalls.setTwoPeopleAbove({ product, amount: "100000" }));
    await file(policy, fileOf(network, "large.txt", "A week: 0.15 VITAL"), "0.15");
    const page = await look(assessor, policy, 3);
    await page.getByLabel("All of it: 0.15 VITAL").check(LONG);
    const said = await confirmed(page, button(page, "Decide"));
    expect(said).toContain("This is above the limit for one person");
    await page.getByText("You awarded 0.15 VITAL: a second person has to agree").waitFor(LONG);
    await claimCell(3, "With the assessor").waitFor();
    expect((await poolOf(network, product)).paid).toBe("100000");
    const insurer = await open(stage, await network.link("insurer", "insurer"));
    const second = await look(insurer, policy, 3);
    await second.getByText("A first person awarded 0.15 VITAL").waitFor(LONG);
    await confirmed(second, button(second, "Decide"));
    await claimCell(3, "0.15 VITAL").waitFor(LONG);
    expect((await poolOf(network, product)).paid).toBe("250000");
    await insurer.close();
  });
});

describe("silence", () => {
  let stranger: Person;

  beforeAll(async () => {
    stranger = await open(stage, await network.link("insurer", "stranger"));
  });

  /** A bill of 0.12 VITAL under a new product; its policy and product. */
  async function filed(decided: Parameters<typeof bills>[1]): Promise<{ policy: string; product: string }> {
    const product = await sell(network, await bills(network, decided), "20000000");
    const policy = await bind(network, patient, product);
    await file(policy, fileOf(network, `of-${product}.txt`, `A bill of product ${product}`), "0.12");
    return { policy, product };
  }

  test("of the assessor pays in full where the terms say so, once the patient asks", async () => {
    const { policy, product } = await filed({ silence: "approves", assess_within_s: 4 });
    // nobody touches the page: the deadline passes
    await claimCell(1, "A deadline has passed").waitFor(LONG);
    const said = await confirmed(me.page, claimRow(1).getByRole("button", { name: "Settle it" }));
    expect(said).toContain("all of it, 0.12 VITAL, is paid");
    await claimCell(1, "Paid").waitFor(LONG);
    expect(await poolOf(network, product)).toMatchObject({ paid: "120000", returned: "10000", fees: "0" });
    expect((await policyOf(network, policy)).claims_paid).toBe(1);
  });

  test("of assessor and arbiter is carried out by a stranger, step by step", async () => {
    const { policy, product } = await filed({ silence: "to_arbiter", assess_within_s: 4, arbitrate_within_s: 4 });
    const page = await look(stranger, policy, 1);
    await page.getByText("it goes to the arbiter", { exact: false }).first().waitFor(LONG);
    await confirmed(page, button(page, "Do what the silence means"));
    await page
      .getByText("Neither the assessor nor the arbiter decided in time", { exact: false })
      .first()
      .waitFor(LONG);
    await page.getByText("The assessor’s silence took it to the arbiter.").waitFor();
    expect((await poolOf(network, product)).paid).toBe("0");
    await confirmed(page, button(page, "Do what the silence means"));
    await page.getByText("Closed and paid").waitFor(LONG);
    expect(await poolOf(network, product)).toMatchObject({ paid: "120000", returned: "10000", fees: "0" });
    expect(await stranger.inspect()).toEqual([]);
  });

  test("of the claimant leaves a refusal as it is, and the deposit with the insurer", async () => {
    const { policy, product } = await filed({ appeal_within_s: 4 });
    await award(await look(assessor, policy, 1), "0", "It is of other care.");
    const page = await look(stranger, policy, 1);
    await page.getByText("the insurer keeps the deposit of 0.01 VITAL", { exact: false }).first().waitFor(LONG);
    await confirmed(page, button(page, "Do what the silence means"));
    await page.getByText("Closed without payment").waitFor(LONG);
    await claimCell(1, "Refused").waitFor(LONG);
    const { paid, returned, fees, held } = await poolOf(network, product);
    expect({ paid, returned, fees, held }).toEqual({ paid: "0", returned: "0", fees: "0", held: "0" });
  });
});
