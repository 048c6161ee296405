/** What tests of care look for on a page, beside `clicks.ts`. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** What a page has for a block, a vault and a decryption on a busy machine. */
export const LONG = { timeout: 90_000 } as const;

/** A card by its heading: a section, or an article in a list; of several the first. */
export const card = (page: Page, heading: string | RegExp): Locator =>
  page
    .locator("section.card, article.card")
    .filter({ has: page.getByRole("heading", { name: heading, exact: true }) })
    .first();

/** Readings of a heart that a chart on the page shows, by its words. */
export async function countedBeats(page: Page): Promise<number> {
  const words = page.getByText(/Heart rate: \d+ readings? from/).first();
  await words.waitFor(LONG);
  return Number(/Heart rate: (\d+)/.exec((await words.textContent()) ?? "")?.[1] ?? Number.NaN);
}

/** New readings can be opened, as they come. */
export async function growing(page: Page): Promise<void> {
  const before = await countedBeats(page);
  await expect.poll(() => countedBeats(page), LONG).toBeGreaterThan(before);
}
