/** A pool's money and who may touch it, by clicks: deposits, withdrawals, the parts of an insurer's staff and their limits. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Name } from "./chain";
import { button, confirmed, fill } from "./clicks";
import { type Person, Stage } from "./harness";
import { bind, episodes, open, poolOf, sell } from "./insured";
import { Network } from "./network";
import { Patient } from "./patient";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });
const LONG = { timeout: 90_000 };
const PARTS = { underwriter: "clinician", assessor: "assessor", treasurer: "clinician-2" } as const satisfies Record<
  string,
  Name
>;

let network: Network;
let stage: Stage;
let insurer: Person;
let product: string;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  const patient = await Patient.admit(network, "patient");
  product = await sell(network, episodes(), "1000000");
  await bind(network, patient, product);
  insurer = await open(stage, await network.link("insurer", "insurer"));
});

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

async function pool(person: Person): Promise<Person["page"]> {
  await person.go(`/insurer/products/${product}`);
  await person.page.getByRole("heading", { name: "Deposit and withdraw" }).waitFor(LONG);
  return person.page;
}

describe("money in a pool", () => {
  test("that policies lock is not the insurer’s to take, and the page says how much is", async () => {
    const page = await pool(insurer);
    // 150,000 of benefits and the premium of one policy are locked
    await page.getByText("Anybody may deposit. 0.85 VITAL is free", { exact: false }).waitFor(LONG);
    await fill(page, "Amount to withdraw", "0.850001");
    await page.getByText("Exactly 850001 uvital.", { exact: false }).waitFor();
    await button(page, "Withdraw").click();
    await page.getByText("Only 0.85 VITAL is free.").waitFor();
    await fill(page, "Amount to withdraw", "1,000");
    await page.getByText("Give an amount without marks between thousands.").waitFor();
    await fill(page, "Amount to withdraw", "0.0000001");
    await page.getByText("Give an amount without marks between thousands.").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await fill(page, "Amount to withdraw", "0.85");
    const said = await confirmed(page, button(page, "Withdraw"));
    expect(said).toContain("Withdraw 0.85 VITAL from the pool");
    await page.getByText("Anybody may deposit. 0 VITAL is free", { exact: false }).waitFor(LONG);
    await page.getByText("No room for another policy").waitFor();
    expect(await poolOf(network, product)).toMatchObject({ free: "0", locked: "156000", withdrawn: "850000" });
    expect(await insurer.inspect()).toEqual([]);
  });

  test("is anybody’s to put in, but not to take out", async () => {
    const stranger = await open(stage, await network.link("insurer", "stranger"));
    const page = await pool(stranger);
    await page.getByText("This takes the part: treasurer.", { exact: false }).waitFor();
    expect(await button(page, "Withdraw").count()).toBe(0);
    await fill(page, "Amount to deposit", "0.3");
    const said = await confirmed(page, button(page, "Deposit"));
    expect(said).toContain("Deposit 0.3 VITAL into the pool");
    expect(said).toContain("The sum leaves this account");
    await insurer.page.getByText("Anybody may deposit. 0.3 VITAL is free", { exact: false }).waitFor(LONG);
    await stranger.close();
  });

  test("that another took meanwhile is refused by the chain, in words, and nothing moves", async () => {
    const page = await pool(insurer);
    await page.getByText("Anybody may deposit. 0.3 VITAL is free", { exact: false }).waitFor(LONG);
    await fill(page, "Amount to withdraw", "0.3");
    await button(page, "Withdraw").click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    // a policy is bound while the dialog is open: what was free is locked now
    const other = await Patient.admit(network, "patient-2");
    await bind(network, other, product);
    await button(dialog, "Withdraw").click();
    await dialog
      .getByText(/claims\/\w+/)
      .first()
      .waitFor(LONG);
    expect(await dialog.locator(".notice-danger").textContent()).toMatch(/free/);
    await button(dialog, "Cancel").click();
    await page.getByText("Anybody may deposit. 0.15 VITAL is free", { exact: false }).waitFor(LONG);
    expect((await poolOf(network, product)).withdrawn).toBe("850000");
  });

  test("without room sells no further policy, and the patient is told why", async () => {
    const patient = await Patient.admit(network, "guardian");
    const full = await sell(network, episodes(), "100000");
    const buyer = await open(stage, await patient.link());
    await buyer.go(`/patient/insurance/products/${full}`);
    await button(buyer.page, "Take it out").click(LONG);
    const dialog = buyer.page.getByRole("dialog");
    await button(dialog, "Pay 0.006 VITAL").click();
    await dialog
      .locator(".notice-danger")
      .getByText(/pool|free/i)
      .first()
      .waitFor(LONG);
    expect((await poolOf(network, full)).premiums).toBe("0");
    await buyer.close();
  });
});

describe("the staff", () => {
  const people = new Map<string, Person>();
  const as = (part: keyof typeof PARTS) => people.get(part) as Person;

  test("gets its parts from the insurer alone", async () => {
    const { page } = insurer;
    for (const [part, account] of Object.entries(PARTS)) {
      await insurer.go("/insurer/staff");
      await fill(page, "Account", await network.chain.address(account));
      await page.getByLabel(new RegExp(`^${part}:`, "i")).check();
      const said = await confirmed(page, button(page, "Give these parts"));
      expect(said).toContain(`Give these parts: ${part}?`);
      await page.getByRole("cell", { name: part, exact: true }).waitFor(LONG);
      people.set(part, await open(stage, await network.link("insurer", account)));
    }
    await as("assessor").go("/insurer/staff");
    await as("assessor").page.getByText("Only the insurer’s own account appoints and dismisses.").waitFor(LONG);
    expect(await button(as("assessor").page, "Take out").count()).toBe(0);
  });

  test("an underwriter makes products and stops sales, and takes no money", async () => {
    const person = as("underwriter");
    const page = await pool(person);
    await page.getByText("This takes the part: treasurer.", { exact: false }).waitFor(LONG);
    expect(await button(page, "Withdraw").count()).toBe(0);
    await page.getByText("Only the insurer’s own account sets it.").waitFor();
    await confirmed(page, button(page, "Take off sale"));
    await page.getByText("Not on sale", { exact: true }).waitFor(LONG);
    await confirmed(page, button(page, "Put on sale"));
    await page.getByText("On sale", { exact: true }).waitFor(LONG);
    await person.go("/insurer/products/new");
    await button(page, "Start with “Fast heart, by episode”").waitFor(LONG);
    expect(await person.inspect()).toEqual([]);
  });

  test("a treasurer takes what is free to the insurer’s account, and makes no product", async () => {
    const person = as("treasurer");
    const page = await pool(person);
    await page.getByText("Anybody may deposit. 0.15 VITAL is free", { exact: false }).waitFor(LONG);
    expect(await button(page, "Take off sale").count()).toBe(0);
    const insurerHas = async () => {
      const { node } = await network.as("stranger");
      return BigInt(await node.balance(await network.chain.address("insurer"), "uvital"));
    };
    const before = await insurerHas();
    await fill(page, "Amount to withdraw", "0.05");
    await confirmed(page, button(page, "Withdraw"));
    await page.getByText("Anybody may deposit. 0.1 VITAL is free", { exact: false }).waitFor(LONG);
    expect((await insurerHas()) - before).toBe(50_000n);
    await person.go("/insurer/products/new");
    await page.getByText("You cannot create products in this insurer’s name.").waitFor(LONG);
  });

  test("an assessor decides on bills, and neither sells nor withdraws", async () => {
    const person = as("assessor");
    const page = await pool(person);
    expect(await button(page, "Withdraw").count()).toBe(0);
    expect(await button(page, "Take off sale").count()).toBe(0);
    await person.go("/insurer/products/new");
    await page.getByText("This takes the part: underwriter.", { exact: false }).waitFor(LONG);
    await person.go("/insurer/claims");
    await page.getByRole("heading", { name: "Yours to decide" }).waitFor(LONG);
  });

  test("who is taken out has nothing to do there any more, in the open window too", async () => {
    const address = await network.chain.address(PARTS.treasurer);
    await insurer.go("/insurer/staff");
    const rows = insurer.page.getByRole("row", { name: /treasurer/ });
    await rows.waitFor(LONG);
    const page = await pool(as("treasurer"));
    await button(page, "Withdraw").waitFor(LONG);
    await confirmed(insurer.page, rows.getByRole("button", { name: "Take out" }));
    await rows.waitFor({ state: "detached", ...LONG });
    const { claims } = await network.as("stranger");
    const staff = (await claims.staff({ insurer: await network.chain.address("insurer") })).staff;
    expect(staff.map(({ account }) => account)).not.toContain(address);
    await page.getByText("This account works for no insurer.").waitFor(LONG);
    expect(await button(page, "Withdraw").count()).toBe(0);
  });
});
