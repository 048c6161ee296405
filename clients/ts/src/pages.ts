// Lists come in pages of at most 30.

import { VitalsError } from "./errors.js";

/** The most that a contract gives in one answer. */
export const PAGE = 30;

/**
 * All items of a paged query, asking on after the last of each page until one is empty.
 * @param ask for the page after an item; `undefined` for the first
 * @param same whether two items are one and the same: a contract that repeats itself would never end
 * @throws VitalsError `node/pages` where a page begins where the one before did
 */
export async function* pages<Item>(
  ask: (after: Item | undefined) => Promise<readonly Item[]>,
  same: (a: Item, b: Item) => boolean = (a, b) => JSON.stringify(a) === JSON.stringify(b),
): AsyncGenerator<Item> {
  let last: Item | undefined;
  for (;;) {
    const page = await ask(last);
    const next = page.at(-1);
    if (next === undefined) return;
    if (last !== undefined && same(next, last))
      throw new VitalsError("node/pages", "a list does not go on after its last item");
    yield* page;
    last = next;
  }
}

/** The same, as one list. */
export async function allPages<Item>(ask: (after: Item | undefined) => Promise<readonly Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of pages(ask)) all.push(item);
  return all;
}
