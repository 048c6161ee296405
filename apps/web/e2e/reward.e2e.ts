/** Premium given back for doses that were taken, by clicks: days are shown, counted once each, and paid when enough are. */
import type { TermsMsg } from "@cw-vitals/client/claims";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { button, confirmed } from "./clicks";
import type { Device } from "./device";
import type { Gateway } from "./gateway";
import { type Person, Stage } from "./harness";
import { chain, episodes, open, policyOf, poolOf, sell } from "./insured";
import { Network } from "./network";
import { Patient } from "./patient";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });
const LONG = { timeout: 90_000 };

let network: Network;
let stage: Stage;
let patient: Patient;
let me: Person;
let dispenser: Device;
let gateway: Gateway;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  patient = await Patient.admit(network, "patient");
  me = await open(stage, await patient.link());
  dispenser = await network.newDevice("medication-dispenser", "dispenser");
  gateway = await patient.gateway("gateway", [dispenser]);
});

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await dispenser?.stop();
  await gateway?.stop();
  await stage?.close();
  await network?.stop();
});

/** Two doses a day on so many days give 0.003 VITAL of the premium back. */
function rewarded(days: number, change: Partial<NonNullable<TermsMsg["reward"]>> = {}): TermsMsg {
  const reward = { measure: "dose_taken" as const, least_a_day: 2, days, rebate: "3000", accept_simulated: true };
  return episodes({ reward: { ...reward, ...change } });
}

async function takeOut(product: string): Promise<string> {
  const { page } = me;
  await me.go(`/patient/insurance/products/${product}`);
  await confirmed(page, button(page, "Take it out"), "Pay 0.006 VITAL");
  await page.getByText("You are covered").waitFor(LONG);
  return new URL(page.url()).hash.split("/").at(-1) ?? "";
}

const search = () =>
  button(me.page, /^(Search my readings|Search again|Try again)$/)
    .first()
    .click();

/** Searches until doses of after the binding are there. */
async function foundDay(): Promise<void> {
  const found = me.page.getByText("One day would be shown.");
  const sought = async () => {
    await search();
    await found.or(me.page.getByText("No readings of yours make a claim")).waitFor(LONG);
    return found.isVisible();
  };
  await expect.poll(sought, { timeout: 110_000, interval: 2_000 }).toBe(true);
}

/** The value beside a name in a list of facts. */
const fact = (name: string) =>
  me.page.locator("dt", { hasText: new RegExp(`^${name}$`) }).locator("xpath=following-sibling::dd[1]");

test("the days a product asks for, and for what, are in its terms before it is bought", async () => {
  const product = await sell(network, rewarded(2), "2000000");
  await me.go(`/patient/insurance/products/${product}`);
  await me.page
    .getByText("Gives 0.003 VITAL of the premium back once 2 days each show at least 2 (Doses taken).")
    .waitFor(LONG);
  await takeOut(product);
  await fact("Days for the reward").getByText("0 of 2 counted").waitFor(LONG);
});

test("without doses there is nothing to show, and the page says so", async () => {
  await me.page.getByRole("link", { name: "Claim the reward" }).click();
  await me.page.getByText("Each day counts once", { exact: false }).waitFor();
  await search();
  await me.page.getByText("No readings of yours make a claim").waitFor(LONG);
  expect(await me.inspect()).toEqual([]);
});

test("a day on which both doses were taken is shown, published as it was said, and counted", async () => {
  const { page } = me;
  await dispenser.run(gateway, { every: 2 });
  await foundDay();
  const rows = page.getByRole("table", { name: /public for ever/ }).getByRole("row");
  expect(await rows.count()).toBe(3);
  expect(await me.inspect()).toEqual([]);
  const said = await confirmed(page, button(page, "Next: send the claim"), "Publish and claim");
  expect(said).toContain("With them 1 of 2 days are counted. 0.003 VITAL is paid back once all are.");
  expect(said).toContain("The 2 readings in the table");
  await fact("Days for the reward").getByText("1 of 2 counted").waitFor(LONG);
  expect((await poolOf(network, "1")).rebated).toBe("0");
});

test("a day that was counted is not counted again, however many doses there are", async () => {
  const { page } = me;
  await page.getByRole("link", { name: "Claim the reward" }).click();
  await search();
  await page.getByText("No readings of yours make a claim").waitFor(LONG);
  await page.getByText("a day, like a stretch of time, counts once", { exact: false }).waitFor();
  expect((await policyOf(network, "1")).reward_days).toBe(1);
});

test("once enough days are counted the rebate is paid, to the coin, and both sides see it", async () => {
  const product = await sell(network, rewarded(1), "2000000");
  const policy = await takeOut(product);
  await me.page.getByRole("link", { name: "Claim the reward" }).click();
  await foundDay();
  const { node } = await chain(network);
  const has = async () => BigInt(await node.balance(await network.chain.address("patient"), "uvital"));
  const before = await has();
  const said = await confirmed(me.page, button(me.page, "Next: send the claim"), "Publish and claim");
  expect(said).toContain("With them 1 of 1 days are counted: 0.003 VITAL is paid back at once");
  await fact("Days for the reward").getByText("1 of 1 counted, the reward is paid").waitFor(LONG);
  expect(await me.page.getByRole("link", { name: "Claim the reward" }).count()).toBe(0);
  expect((await has()) - before).toBe(3_000n);
  expect(await poolOf(network, product)).toMatchObject({ rebated: "3000", paid: "0" });
  const insurer = await open(stage, await network.link("insurer", "insurer"));
  await insurer.go(`/insurer/policies/${policy}`);
  await insurer.page.getByText("Rebate paid").waitFor(LONG);
  await insurer.page
    .getByRole("row", { name: /Rebate paid/ })
    .getByText("0.003 VITAL")
    .waitFor();
  expect(await insurer.inspect()).toEqual([]);
  await insurer.close();
});

test("simulated doses are not counted where the terms do not take them", async () => {
  const product = await sell(network, rewarded(1, { accept_simulated: false }), "2000000");
  const policy = await takeOut(product);
  await me.page.getByRole("link", { name: "Claim the reward" }).click();
  await search();
  await me.page.getByText("No readings of yours make a claim").waitFor(LONG);
  expect(await button(me.page, "Next: send the claim").count()).toBe(0);
  expect((await policyOf(network, policy)).reward_days).toBe(0);
});
