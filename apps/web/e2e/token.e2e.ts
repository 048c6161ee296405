/** A product sold in a token, by clicks on both sides: its sums have the token's own name and digits, and arrive. */
import { claimsCalls } from "@cw-vitals/client";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { button, confirmed, fileOf, fill } from "./clicks";
import { type Person, Stage } from "./harness";
import { open, past, policyOf, poolOf } from "./insured";
import { Network } from "./network";
import { Patient } from "./patient";
import { makeToken, tokensOf } from "./token";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });

let network: Network;
let stage: Stage;
let token: string;
let insurer: Person;
let me: Person;
let policy: string;

beforeAll(async () => {
  network = await Network.start();
  // four digits: neither none, nor the six of the chain's own coins
  const of = { insurer: "50000000", patient: "1000000" };
  token = await makeToken(network, { symbol: "TOKN", decimals: 4, of });
  await network.send("deployer", claimsCalls.admitDenom({ denom: { cw20: token } }));
  stage = await Stage.on(network);
  const patient = await Patient.admit(network, "patient");
  insurer = await open(stage, await network.link("insurer", "insurer"));
  me = await open(stage, await patient.link());
});

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

const has = async (account: "patient" | "insurer") =>
  BigInt(await tokensOf(network, token, await network.chain.address(account)));

test("a product is made in the token, and its pool filled with it", async () => {
  const { page } = insurer;
  await insurer.go("/insurer/products/new");
  await page.getByLabel("Sold in").selectOption({ label: `cw20:${token}` });
  await fill(page, "Account of the arbiter", await network.chain.address("arbiter"));
  await button(page, "Start with “Bills for care”").click();
  await page.getByText(`In TOKN (cw20:${token})`).waitFor();
  await fill(page, "Of that, waiting period", "0");
  await fill(page, "Benefit of one claim", "20.5");
  await page.getByText(`Exactly 205000 cw20:${token}.`).waitFor();
  await fill(page, "Premium, each payment", "15.00001");
  await page.getByText("A number with at most 4 decimals", { exact: false }).first().waitFor();
  await fill(page, "Premium, each payment", "15");
  await page.getByLabel("Or write them here").fill("Bills for the care of the heart, in tokens.");
  // six times 20.5, and the bond of 1 for each
  await page.getByText("129 TOKN").first().waitFor();
  await confirmed(page, button(page, "Look at it once more"), "Create product");
  await page.getByRole("heading", { level: 1, name: "Product 1" }).waitFor();
  const before = await has("insurer");
  await fill(page, "Amount to deposit", "200.0001");
  const said = await confirmed(page, button(page, "Deposit"));
  expect(said).toContain("Deposit 200.0001 TOKN");
  await page.getByText("200.0001 TOKN is free").waitFor();
  expect(before - (await has("insurer"))).toBe(2_000_001n);
  expect(await poolOf(network, "1")).toMatchObject({ denom: { cw20: token }, free: "2000001" });
  expect(await insurer.inspect()).toEqual([]);
});

test("a patient sees which token it is, and pays in it", async () => {
  const { page } = me;
  await me.go("/patient/insurance/products/1");
  await page.getByText("It is paid in a token: TOKN").waitFor();
  await page.getByText(token).waitFor();
  await page.getByText("Costs 15 TOKN, once.").waitFor();
  expect(await me.inspect()).toEqual([]);
  const before = await has("patient");
  await confirmed(page, button(page, "Take it out"), "Pay 15 TOKN");
  await page.getByText("You are covered").waitFor();
  policy = new URL(page.url()).hash.split("/").at(-1) ?? "";
  expect(before - (await has("patient"))).toBe(150_000n);
});

test("a bill’s deposit and its award are tokens, to the last one", async () => {
  const { page } = me;
  await past(network, (await policyOf(network, policy)).covered_from + 1);
  await page.getByRole("link", { name: "File a bill" }).click();
  await page.getByLabel("The bill, as a file").setInputFiles(fileOf(network, "bill.txt", "A bill in tokens"));
  await fill(page, "Sum", "12.3456");
  const before = await has("patient");
  const said = await confirmed(page, button(page, "Next: what it means"), "File the bill");
  expect(said).toContain("You ask for 12.3456 TOKN");
  expect(said).toContain("You leave 1 TOKN");
  await page.getByText("With the assessor").waitFor();
  expect(before - (await has("patient"))).toBe(10_000n);
  await insurer.go(`/insurer/claims/${policy}/1`);
  await insurer.page.getByLabel("All of it: 12.3456 TOKN").check();
  await confirmed(insurer.page, button(insurer.page, "Decide"));
  await insurer.page.getByText("Closed and paid").waitFor();
  await page.getByRole("cell", { name: "12.3456 TOKN", exact: true }).waitFor();
  expect((await has("patient")) - before).toBe(123_456n);
  expect(await me.inspect()).toEqual([]);
});

test("who has too little of it is told so, and nothing is bound", async () => {
  const poor = await Patient.admit(network, "patient-2");
  const buyer = await open(stage, await poor.link());
  await buyer.go("/patient/insurance/products/1");
  await button(buyer.page, "Take it out").click();
  const dialog = buyer.page.getByRole("dialog");
  await button(dialog, "Pay 15 TOKN").click();
  await dialog.locator(".notice-danger").waitFor();
  expect(((await dialog.locator(".notice-danger").textContent()) ?? "").length).toBeGreaterThan(20);
  const { claims } = await network.as("stranger");
  expect((await claims.policies({ patient: poor.number, limit: 30 })).policies).toEqual([]);
  await buyer.close();
});
