/** The app with a wallet of the browser: what it signs is taken, and what its user refuses is told and costs nothing. */
import { localAccount } from "@cw-vitals/client";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Name } from "./chain";
import { becomePatient, button, confirmed, fill, named, opened, section, unlock } from "./clicks";
import { type Person, Stage } from "./harness";
import { Network } from "./network";
import { Wallet } from "./wallet-stub";

const LONG = { timeout: 60_000 };

let network: Network;
let stage: Stage;
let chainId: string;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
  chainId = (await network.as("stranger")).network.chainId;
  await network.identity("clinician");
}, 300_000);

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

const words = (...names: Name[]) => names.map((name) => network.chain.mnemonic(name));

/** A window with a wallet, on the welcome page. */
async function withWallet(name: "keplr" | "leap", accounts: Name[], signs: "direct" | "amino" = "direct") {
  const person = await stage.person();
  const wallet = await Wallet.install(person, name, words(...accounts), signs);
  await person.page.goto(network.app);
  return { person, wallet, page: person.page };
}

/** What happened, what to do, and the code to name. */
async function told(page: Page, code: string, what: string, todo: string): Promise<void> {
  const notice = page.locator(".notice", { has: page.locator("summary code", { hasText: code }) }).first();
  await notice.waitFor(LONG);
  const text = await notice.textContent();
  expect(text).toContain(what);
  expect(text).toContain(todo);
}

const refused = (page: Page) => told(page, "wallet/refused", "The wallet did not sign", "Nothing was sent");

describe("a patient with Keplr", () => {
  let me: Person;
  let page: Page;
  let wallet: Wallet;

  test("who refuses to connect is told so, and connects after all", async () => {
    ({ person: me, wallet, page } = await withWallet("keplr", ["patient", "stranger"]));
    wallet.chains.set(chainId, "wasm");
    await button(page, "Keplr").click();
    wallet.refuses.add("enable");
    await named(page, "With Keplr");
    await refused(page);
    expect(await me.inspect()).toEqual([]);
    expect(wallet.prompts).toEqual(["enable"]);
    wallet.refuses.clear();
    // what was typed is still there
    await button(page, "Create and open").click();
    await opened(page);
    expect(wallet.count("suggest")).toBe(0);
    expect(wallet.count("message")).toBe(0);
  });

  test("a refused transaction changes nothing, and the same dialog sends it once it is allowed", async () => {
    wallet.refuses.add("transaction");
    await me.go("/patient");
    await button(page, "Get my number").click();
    const dialog = page.getByRole("dialog");
    await button(dialog, "Get my number").click();
    await refused(page);
    const { consent } = await network.as("stranger");
    const account = await network.chain.address("patient");
    expect((await consent.patientsOf({ account })).patients).toEqual([]);
    wallet.refuses.clear();
    await button(dialog, "Get my number").click();
    await dialog.waitFor({ state: "hidden", ...LONG });
    expect((await consent.patientsOf({ account })).patients).toHaveLength(1);
    await page.reload();
    await unlock(page);
    await opened(page);
    await page.getByRole("heading", { name: "Make your keys" }).waitFor(LONG);
  });

  test("keys are made, and a permission is given with a signed request to the vault", async () => {
    await confirmed(page, button(page, "Make my keys"));
    await me.go("/patient/sharing/new");
    await fill(page, "Address of the account", await network.chain.address("clinician"));
    const asked = wallet.count("message");
    await confirmed(page, button(page, "Next: what it means"), "Give permission");
    await section(page, "Treatment").first().waitFor(LONG);
    expect(wallet.count("message")).toBeGreaterThan(asked);
    const { consent } = await network.as("stranger");
    const [patient = ""] = (await consent.patientsOf({ account: await network.chain.address("patient") })).patients;
    const { grants } = await consent.grants({ patient });
    expect(grants[0]?.package?.digest).toBeTruthy();
    expect(network.vaults[0]?.digests("packages").length).toBeGreaterThan(0);
  });

  test("a refused request to a vault is told, and what was not fetched is fetched once it is allowed", async () => {
    await page.reload();
    await unlock(page);
    await opened(page);
    wallet.refuses.add("message");
    await me.go("/patient/receipts");
    await page.getByText("The vaults have not been asked yet").waitFor(LONG);
    await button(page, "Ask the vaults").click();
    await refused(page);
    expect(await page.getByText(/opened anything|Others opened/).count()).toBe(0);
    wallet.refuses.clear();
    await button(page, /^(Try again|Ask again)$/)
      .first()
      .click();
    await page
      .getByText(/opened anything|Others opened/)
      .first()
      .waitFor(LONG);
    expect(await page.getByText("wallet/refused").count()).toBe(0);
  });

  test("another account chosen in the wallet locks the app, says why, and the right one opens it again", async () => {
    await me.go("/patient/sharing");
    const sent = wallet.count("transaction");
    await wallet.choose(1);
    await told(page, "wallet/other_account", "another account chosen", "Choose this account in the wallet");
    expect(await page.getByText("Treatment").count()).toBe(0);
    await unlock(page);
    const card = section(page, "With Keplr");
    await card.getByText("wallet/other_account", { exact: true }).waitFor(LONG);
    await wallet.choose(0);
    await unlock(page);
    await opened(page);
    await me.go("/patient/sharing");
    await section(page, "Treatment").first().waitFor(LONG);
    expect(wallet.count("transaction")).toBe(sent);
  });

  test("the same account chosen again changes nothing on the screen", async () => {
    const { address } = await localAccount(network.chain.mnemonic("patient"), "wasm");
    await wallet.choose(0);
    await me.go("/account");
    await page.getByText(address, { exact: true }).waitFor();
    expect(await button(page, "Unlock").count()).toBe(0);
  });

  test("without the wallet the account stays, and says what it needs", async () => {
    const state = await me.context.storageState({ indexedDB: true });
    const other = await stage.person({ storageState: state });
    await other.page.goto(network.app);
    await unlock(other.page);
    await told(other.page, "wallet/missing", "does not have the wallet of this account", "Install it");
    await other.page.getByRole("heading", { name: "With Keplr" }).waitFor();
    expect(await other.inspect()).toEqual([]);
    await other.close();
  });
});

test("on a network that is not local, a browser without a wallet is told to get one", async () => {
  const person = await stage.person({ serviceWorkers: "block" });
  await person.page.route("**/config.json", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), local: false } });
  });
  await person.page.goto(network.app);
  await person.page.getByText("No wallet was found in this browser. Install Keplr or Leap").waitFor(LONG);
  expect(await button(person.page, "Built-in wallet (local network)").count()).toBe(0);
  await person.close();
});

test("a wallet that does not know the chain is told of it; who refuses that is told so, and nothing is kept", async () => {
  const { person, wallet, page } = await withWallet("keplr", ["guardian"]);
  await button(page, "Keplr").click();
  wallet.refuses.add("suggest");
  await named(page, "New chain");
  await refused(page);
  await page.reload();
  expect(await button(page, "Unlock").count()).toBe(0);
  wallet.refuses.clear();
  await button(page, "Keplr").click();
  await named(page, "New chain");
  await opened(page);
  expect(wallet.chains.get(chainId)).toBe("wasm");
  expect(wallet.prompts).toEqual(["suggest", "suggest", "enable"]);
  await person.close();
});

test("a wallet that knows another chain by this name is not taken for ours", async () => {
  const { person, wallet, page } = await withWallet("keplr", ["guardian"]);
  wallet.chains.set(chainId, "cosmos");
  await button(page, "Keplr").click();
  await named(page, "Wrong chain");
  await told(page, "wallet/wrong_chain", "of another network", "Remove the network of this name from the wallet");
  expect(await button(page, "Lock").count()).toBe(0);
  await person.close();
});

test("Leap, which signs by amino alone, does the same: connect, enrol, keys, and a request to the vault", async () => {
  const { person, wallet, page } = await withWallet("leap", ["patient-2"], "amino");
  wallet.chains.set(chainId, "wasm");
  await button(page, "Leap").click();
  await named(page, "With Leap");
  await opened(page);
  await person.go("/patient");
  await becomePatient(page);
  await person.go("/patient/sharing/new");
  await fill(page, "Address of the account", await network.chain.address("clinician"));
  await confirmed(page, button(page, "Next: what it means"), "Give permission");
  await section(page, "Treatment").first().waitFor(LONG);
  expect(wallet.count("transaction")).toBeGreaterThan(2);
  expect(wallet.count("message")).toBeGreaterThan(0);
  await person.close();
});
