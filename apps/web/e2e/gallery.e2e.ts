/** Each component by itself, in Chromium under the strictest policy: axe, keyboard, and nothing that the policy blocks. */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "./browser";
import { Person } from "./harness";
import { ROOT } from "./service";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
  "form-action 'none'; require-trusted-types-for 'script'; trusted-types cw-vitals";
const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

let dir: string;
let server: Server;
let url: string;
let browser: Browser;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "cw-vitals-gallery-"));
  const configFile = join(ROOT, "apps/web/e2e/gallery/vite.config.ts");
  await build({ configFile, logLevel: "error", build: { outDir: dir, emptyOutDir: true } });
  server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://x").pathname);
    const file = join(dir, path === "/" ? "index.html" : path);
    try {
      const body = readFileSync(file);
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  await rm(dir, { recursive: true, force: true });
});

async function shown(part: string): Promise<Person> {
  const person = await Person.open(browser, [url]);
  await person.page.goto(`${url}/#/${part}`);
  await person.page.getByRole("heading", { level: 1 }).waitFor();
  return person;
}

test.each(["controls", "charts", "dialogs"])(
  "axe finds nothing on %s, at any size, in light and dark",
  async (part) => {
    const person = await shown(part);
    if (part === "charts") await person.page.locator(".chart-plot canvas").first().waitFor();
    expect(await person.inspect()).toEqual([]);
    expect(person.faults).toEqual([]);
    await person.close();
  },
);

test("every control can be touched: 44 pixels or more", async () => {
  const person = await shown("controls");
  const small = await person.page.evaluate(() =>
    [...document.querySelectorAll("button, select, input:not([type=checkbox]):not([type=radio]), textarea")]
      .map((one) => ({ text: one.textContent, height: one.getBoundingClientRect().height }))
      .filter(({ height }) => height < 44),
  );
  expect(small).toEqual([]);
  await person.close();
});

test("what is public for ever takes a tick first, and a failure stays in the dialog with its reason", async () => {
  const { page, ...person } = await shown("dialogs");
  await page.getByRole("button", { name: "Open" }).click();
  const dialog = page.getByRole("dialog", { name: "File this claim?" });
  const file = dialog.getByRole("button", { name: "File the claim" });
  expect(await file.isDisabled()).toBe(true);
  await dialog.getByLabel(/I have understood/).check();
  await file.click();
  await dialog.getByText("Something in the app went wrong").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Open");
  await page.getByRole("button", { name: "Open" }).click();
  expect(await dialog.getByLabel(/I have understood/).isChecked()).toBe(false);
  await person.context.close();
});

test("arrows, Home and End choose tabs", async () => {
  const { page, ...person } = await shown("controls");
  await page.getByRole("tab", { name: "One" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByText("The second.").waitFor();
  await page.keyboard.press("Home");
  await page.getByText("The first.").waitFor();
  await person.context.close();
});

test("a chart is a table too, and by hour and day, and its gap is no line", async () => {
  const { page, ...person } = await shown("charts");
  const card = page.getByRole("region", { name: "Heart rate" });
  // two silent hours, and the hour of the batch that could not be opened
  await card.getByText("2 gaps, drawn as gaps. The longest is from").waitFor();
  await card.getByText("1 batch could not be opened").waitFor();
  await card.getByRole("button", { name: "Table" }).click();
  const rows = card.getByRole("row");
  expect(await rows.count()).toBeGreaterThanOrEqual(25);
  // an hour of the gap: nothing was measured, and no number stands for it
  await card
    .getByRole("row", { name: /\b0\b.*none.*none.*none/ })
    .first()
    .waitFor();
  await card.getByRole("button", { name: "By day" }).click();
  await expect.poll(() => rows.count()).toBeLessThanOrEqual(4);
  await person.context.close();
});
