/** The app itself, whatever role: links, accounts of the browser, locking, being without a node, axe. */
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createLocal, opened, PASSPHRASE } from "./clicks";
import { Stage } from "./harness";
import { Network } from "./network";
import { program, ROOT } from "./service";

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
  // its heart rate is a recording, and no patient's of now
  await page.getByText("devices simulate readings or play back recordings").waitFor();
  await page.getByText(/^Live, block/).waitFor();
  await page.reload();
  await page.getByText("account of a local demonstration network").waitFor();
  await person.context.close();
});

test("a link opened twice, or another role's in the same window, opens what it names", async () => {
  const link = await network.link("operator", "deployer");
  const { page, ...person } = await stage.follow(link);
  await page.getByText(/^Live, block/).waitFor();
  await page.goto(link);
  await page.waitForURL("**/#/operator");
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.goto(await network.link("insurer", "insurer"));
  await page.waitForURL("**/#/insurer");
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  expect(await page.evaluate(() => sessionStorage.getItem("cw-vitals/demo"))).toContain("insurer");
  await person.context.close();
});

test("a damaged link says so, and leaves what was open alone", async () => {
  const { page, ...person } = await stage.enter("operator", "deployer");
  await page.goto(`${network.app}#/open/bm90IGpzb24`);
  await page.getByText("The link could not be opened").waitFor();
  await page.goto(`${network.app}#/operator`);
  await page.getByRole("button", { name: "Lock" }).first().waitFor();
  await person.context.close();
});

test("locking one window locks no other, and each has its own account", async () => {
  const one = await stage.enter("operator", "deployer");
  const { page: two } = { page: await one.context.newPage() };
  await two.goto(await network.link("insurer", "insurer"));
  await two.getByRole("button", { name: "Lock" }).first().click();
  await two.getByRole("button", { name: /Built-in wallet/ }).waitFor();
  expect(await one.page.getByRole("button", { name: "Lock" }).count()).toBeGreaterThan(0);
  await one.page.reload();
  await one.page.waitForURL("**/#/operator");
  await one.page.getByRole("button", { name: "Lock" }).first().waitFor();
  await one.close();
});

test("at desktop width the sidebar is beside the page and below the banner, at every place of a scrolled page", async () => {
  const person = await stage.enter("operator", "deployer");
  await person.page.getByText("account of a local demonstration network").waitFor();
  for (const height of [900, 320]) {
    await person.page.setViewportSize({ width: 1280, height });
    for (const top of [0, 30, 70, 400]) {
      const overlaps = await person.page.evaluate((y) => {
        scrollTo(0, y);
        const nav = document.querySelector(".nav")?.getBoundingClientRect();
        const others = [...document.querySelectorAll(".topbar, .banner, main")].map((one) =>
          one.getBoundingClientRect(),
        );
        return others.filter(
          (other) =>
            nav &&
            nav.left < other.right &&
            other.left < nav.right &&
            Math.max(0, nav.top) < other.bottom - 0.5 &&
            Math.max(0, other.top) < nav.bottom - 0.5,
        ).length;
      }, top);
      expect([height, top, overlaps]).toEqual([height, top, 0]);
    }
  }
  await person.close();
});

test("settings change the language at once, and axe finds nothing on them", async () => {
  const person = await stage.enter("operator", "deployer");
  await person.go("/settings");
  expect(await person.inspect()).toEqual([]);
  await person.page.getByLabel("Language", { exact: true }).selectOption("de");
  await person.page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
  expect(await person.page.locator("html").getAttribute("lang")).toBe("de");
  await person.page.getByText("Geräte simulieren Messwerte oder spielen Aufzeichnungen ab").waitFor();
  await person.close();
});

test("the words of a new account are asked back by keyboard, out of sight, and axe finds nothing on either", async () => {
  const person = await stage.person();
  const { page } = person;
  await page.goto(network.app);
  await page.getByRole("button", { name: /Built-in wallet/ }).click();
  const words = page.locator(".drawn-words");
  await words.waitFor();
  expect(await person.inspect()).toEqual([]);
  await page.getByRole("button", { name: "I have written them down" }).press("Enter");
  await words.waitFor({ state: "detached" });
  await page.keyboard.type("another");
  expect(
    await page
      .getByLabel(/^Word \d/)
      .first()
      .inputValue(),
  ).toBe("another");
  await page.getByRole("button", { name: "Create and open" }).click();
  await page
    .getByText(/^Word \d+ is another one/)
    .first()
    .waitFor();
  expect(await person.inspect()).toEqual([]);
  await person.close();
});

test("an account is made in the browser, locks, and opens with its passphrase alone", async () => {
  const person = await stage.person();
  const { page } = person;
  await page.goto(network.app);
  await createLocal(page, "Mine");
  await opened(page);
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

test("a chain that makes no blocks is said to, and nothing on the page is current until it goes on", async () => {
  const person = await stage.enter("operator", "deployer");
  const { page } = person;
  await page.getByText(/^Live, block/).waitFor();
  await network.chain.pause();
  try {
    // five of its blocks without one, or no answer to what is asked meanwhile: whichever is noticed first
    await page.getByText(/^(No new block for|No connection)/).waitFor({ timeout: 60_000 });
    await page.getByText(/The (chain makes no new blocks|node does not answer)\. What you see/).waitFor();
    await page.getByText("New blocks come").waitFor({ state: "hidden" });
    await page
      .getByText(/^Not current/)
      .first()
      .waitFor();
  } finally {
    await network.chain.goOn();
  }
  await page.getByText(/^(Live|Delayed), block/).waitFor({ timeout: 60_000 });
  await page
    .getByText(/^Not current/)
    .first()
    .waitFor({ state: "hidden", timeout: 30_000 });
  await person.close();
});

/** A server of the app at a place of its own, which may be given up and taken again. */
async function serve(port: string, vaults: readonly string[]): Promise<{ url: string; stop(): Promise<void> }> {
  const { rpc, gasPrice } = network.chain;
  const app = process.env.VITALS_APP ?? join(ROOT, "apps/web/dist");
  const args = ["web", "--local", "--listen", `127.0.0.1:${port}`, "--app", app, "--node", rpc];
  args.push("--gas-price", gasPrice, "--deployment", network.deploymentFile);
  for (const vault of vaults) args.push("--vault", vault);
  const service = network.service(`web-${vaults.length}`, program("vitals"), args);
  return { url: await service.says("web app at "), stop: () => service.stop() };
}

test("what the network is changed to holds at the next visit, although the app is kept for being offline", async () => {
  const ward = `ward=${network.vaults[0]?.url}`;
  const first = await serve("0", [ward]);
  const context = await stage.browser.newContext();
  const page = await context.newPage();
  await page.goto(first.url);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe("activated");
  await first.stop();
  const second = await serve(new URL(first.url).port, [ward, "second=http://127.0.0.1:9"]);
  const answer = await page.reload();
  expect(answer?.headers()["content-security-policy"]).toContain("http://127.0.0.1:9");
  await page.getByRole("heading", { level: 1, name: "Vitals" }).waitFor();
  await second.stop();
  const kept = await page.reload();
  expect(kept?.headers()["content-security-policy"]).toContain("http://127.0.0.1:9");
  await page.getByRole("heading", { level: 1, name: "Vitals" }).waitFor();
  await context.close();
});

test("under trusted types, a text is no script's address, and the app still starts its workers", async () => {
  const person = await stage.enter("operator", "deployer");
  const { page } = person;
  person.expect(/trusted ?(types?|html|script)/i);
  const thrown = await page.evaluate(() => {
    const of = (act: () => void) => {
      try {
        act();
        return "taken";
      } catch (error) {
        return (error as Error).name;
      }
    };
    return [
      of(() => document.createElement("div").insertAdjacentHTML("beforeend", "<img>")),
      of(() => new Worker("./sw.js")),
      of(() =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy(n: string, p: object): void } }
        ).trustedTypes.createPolicy("mine", {}),
      ),
    ];
  });
  expect(thrown).toEqual(["TypeError", "TypeError", "TypeError"]);
  await person.close();
});

test.each([
  ["is not there", 404, "text/plain", "none"],
  ["is no JSON", 200, "application/json", "<html>"],
  ["is of another version", 200, "application/json", '{"version": 2}'],
  ["lacks its vaults", 200, "application/json", '{"version": 1, "chain_id": "c"}'],
])("a configuration that %s is told, in the browser's language too", async (_what, status, contentType, body) => {
  const person = await stage.person({ locale: "de-DE", serviceWorkers: "block" });
  person.expect(/config\.json/);
  await person.page.route("**/config.json", (route) => route.fulfill({ status, contentType, body }));
  await person.page.goto(network.app);
  const alert = person.page.getByRole("alert");
  await alert.waitFor();
  const told = (await alert.locator("p").allTextContents()).join(" ");
  expect(told).toMatch(/config\.json/);
  expect(told).not.toMatch(/\b(the|is not|expected)\b/);
  await person.page.unroute("**/config.json");
  await person.page.getByRole("button", { name: "Erneut versuchen" }).click();
  await person.page.getByRole("heading", { level: 1, name: "Vitals" }).waitFor();
  await person.close();
});

test("the app opens while the node is away, and goes on once it is there", async () => {
  await network.chain.kill();
  const person = await stage.enter("operator", "deployer");
  await person.page.getByText("The node does not answer.", { exact: false }).waitFor({ timeout: 30_000 });
  await network.chain.restart();
  await person.page.getByText(/^(Live|Delayed), block/).waitFor({ timeout: 60_000 });
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
