/** The app itself, whatever role: links, accounts of the browser, locking, being without a node, axe. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Person, Stage } from "./harness";
import { Network } from "./network";

let network: Network;
let stage: Stage;

beforeAll(async () => {
  network = await Network.start();
  stage = await Stage.on(network);
});

afterEach(() => expect(stage.faults()).toEqual([]));

afterAll(async () => {
  await stage?.close();
  await network?.stop();
});

const PASSPHRASE = "correct horse battery";

async function createAccount({ page }: Person): Promise<void> {
  await page.goto(network.app);
  await page.getByRole("button", { name: /Built-in wallet/ }).click();
  await page.getByLabel("Name on this device").fill("Mine");
  await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await page.getByLabel("Passphrase once more").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Create and open" }).click();
  await page.getByRole("button", { name: "Lock" }).first().waitFor({ timeout: 60_000 });
}

test("the welcome page says what this is, and axe finds nothing on it", async () => {
  const person = await stage.person();
  await person.page.goto(network.app);
  await person.page.getByRole("heading", { level: 1, name: "Vitals" }).waitFor();
  expect(await person.inspect()).toEqual([]);
  await person.picture("welcome");
  await person.close();
});

test("a role link opens its role, leaves the address bar, and says that this is a demonstration", async () => {
  const { page, ...person } = await stage.enter("operator", "deployer");
  expect(new URL(page.url()).hash).toBe("#/operator");
  await page.getByText("account of a local demonstration network").waitFor();
  await page.getByText(/^Live, block/).waitFor();
  await page.reload();
  await page.getByText("account of a local demonstration network").waitFor();
  await person.context.close();
});

test("settings change the language at once, and axe finds nothing on them", async () => {
  const person = await stage.enter("operator", "deployer");
  await person.go("/settings");
  expect(await person.inspect()).toEqual([]);
  await person.page.getByLabel("Language", { exact: true }).selectOption("de");
  await person.page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
  expect(await person.page.locator("html").getAttribute("lang")).toBe("de");
  await person.close();
});

test("an account is made in the browser, locks, and opens with its passphrase alone", async () => {
  const person = await stage.person();
  const { page } = person;
  await createAccount(person);
  await person.go("/account");
  expect(await person.inspect()).toEqual([]);
  await page.getByRole("button", { name: "Lock" }).first().click();
  await page.getByLabel("Passphrase", { exact: true }).fill("another passphrase");
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByText("The passphrase is another one").waitFor({ timeout: 60_000 });
  await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("button", { name: "Lock" }).first().waitFor({ timeout: 60_000 });
  await page.reload();
  await page.getByRole("button", { name: "Unlock" }).waitFor();
  await person.close();
});

test("the app locks after the minutes that were set, by the clock and not by counting", async () => {
  const { page, ...person } = await stage.enter("operator", "deployer");
  await page.clock.install();
  await page.reload();
  await page.getByRole("button", { name: "Lock" }).first().waitFor();
  await page.clock.fastForward("10:10");
  await page.getByRole("button", { name: /Built-in wallet/ }).waitFor();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await person.context.close();
});

test("without the node the app says so, marks what it shows, and is current again once the node is back", async () => {
  const person = await stage.enter("operator", "deployer");
  const { page } = person;
  await page.getByText(/^Live, block/).waitFor();
  await network.chain.kill();
  await page.getByText("The node does not answer.", { exact: false }).waitFor({ timeout: 30_000 });
  await network.chain.restart();
  await page.getByText(/^(Live|Delayed), block/).waitFor({ timeout: 60_000 });
  await person.close();
});

test("once opened, the app opens without its server", async () => {
  const person = await stage.enter("operator", "deployer");
  const { page, context } = person;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("button", { name: "Lock" }).first().waitFor();
  await page.getByText("No connection").waitFor({ timeout: 30_000 });
  await context.setOffline(false);
  await person.close();
});
