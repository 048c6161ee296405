/** What people do on every page of the app, as one step. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Download, Locator, Page } from "playwright-core";
import type { Network } from "./network";

export const button = (at: Page | Locator, name: string | RegExp) => at.getByRole("button", { name, exact: true });
export const fill = (at: Page | Locator, label: string, text: string) =>
  at.getByLabel(label, { exact: true }).fill(text);
export const tab = (page: Page, name: string) => page.getByRole("tab", { name }).click();
/** The card or section of a page under a heading that begins so. */
export const section = (page: Page, heading: string) =>
  page.locator("section", { has: page.getByRole("heading", { name: new RegExp(`^${heading}`) }) });

/**
 * Clicks what opens the dialog, ticks that it was understood where it asks, and clicks the words in it, which are those
 * of the button where no others are given. What the dialog said.
 */
export async function confirmed(page: Page, opens: Locator, words?: string): Promise<string> {
  const confirms = words ?? ((await opens.textContent()) ?? "").trim();
  await opens.click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  const said = (await dialog.textContent()) ?? "";
  const tick = dialog.getByRole("checkbox");
  if ((await tick.count()) > 0) await tick.check();
  await button(dialog, confirms).click();
  await dialog.waitFor({ state: "hidden", timeout: 90_000 }).catch(async (error: unknown) => {
    throw new Error(`it stays open: ${await dialog.textContent()}`, { cause: error });
  });
  return said;
}

export async function saved(page: Page, click: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 90_000 }), click()]);
  return download;
}

export const PASSPHRASE = "six random words of a test";

/** On the welcome page: an account of the built-in wallet, with words that are there or newly drawn ones. */
export async function createLocal(page: Page, name: string, words?: string): Promise<void> {
  await button(page, "Built-in wallet (local network)").click();
  if (words === undefined) await writtenDown(page);
  else {
    await page.getByLabel("I have words already").check();
    await fill(page, "Your words", words);
  }
  await named(page, name);
}

/** Reads the words that were drawn, and gives those that are asked for. */
async function writtenDown(page: Page): Promise<void> {
  const shown = page.locator(".drawn-words li");
  await shown.first().waitFor();
  const words = await shown.allTextContents();
  await button(page, "I have written them down").click();
  const boxes = page.getByLabel(/^Word \d/);
  await boxes.first().waitFor();
  for (const asked of await boxes.all()) {
    const label = await asked.evaluate((box) => (box as HTMLInputElement).labels?.[0]?.textContent ?? "");
    await asked.fill(words[Number(label.trim().replace("Word ", "")) - 1] ?? "");
  }
}

/** The rest of the form, whichever wallet signs; it is open afterwards, or says why not. */
export async function named(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name on this device").fill(name);
  await fill(page, "Passphrase", PASSPHRASE);
  await fill(page, "Passphrase once more", PASSPHRASE);
  await button(page, "Create and open").click();
}

export async function opened(page: Page): Promise<void> {
  await button(page, "Lock").first().waitFor({ timeout: 60_000 });
}

export async function unlock(page: Page): Promise<void> {
  await fill(page, "Passphrase", PASSPHRASE);
  await button(page, "Unlock").click();
}

/** A patient's first steps, from an account to saved keys; the patient's number. */
export async function becomePatient(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1, name: "First steps" }).waitFor({ timeout: 30_000 });
  await confirmed(page, button(page, "Get my number"));
  await confirmed(page, button(page, "Make my keys"));
  await fill(page, "Passphrase of the file", PASSPHRASE);
  await fill(page, "Once more", PASSPHRASE);
  await saved(page, () => button(page, "Save the file").click());
  await page.getByRole("heading", { name: "You are ready" }).waitFor();
}

/** A file that a person gives the app, of what a program printed. */
export function fileOf(network: Network, name: string, text: string): string {
  const path = join(network.dir, name);
  writeFileSync(path, text);
  return path;
}
