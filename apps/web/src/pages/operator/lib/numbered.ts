/** Things that a contract numbers from 1 without a hole and does not list: walked by number. */
import { VitalsError } from "@cw-vitals/client";

/** The highest number there is, 0 where there is none: doubles until one is missing, then halves. */
export async function lastNumber(exists: (number: number) => Promise<boolean>): Promise<number> {
  let above = 1;
  while (await exists(above)) above *= 2;
  let known = Math.floor(above / 2);
  while (above - known > 1) {
    const middle = Math.floor((known + above) / 2);
    if (await exists(middle)) known = middle;
    else above = middle;
  }
  return known;
}

/** Nothing where the contract says that there is no such thing. */
export async function ifFound<Found>(asked: Promise<Found>): Promise<Found | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof VitalsError && error.code === "state/not_found") return undefined;
    throw error;
  }
}

export const isFound = async (asked: Promise<unknown>): Promise<boolean> => (await ifFound(asked)) !== undefined;

/** Numbers from `last` downwards, so many. */
export function newest(last: number, count: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(last, count)) }, (_, place) => last - place);
}

const AT_ONCE = 30;

/** Asks for each, so many at a time, in order; stops where the signal says so. */
export async function eachOf<Item, Found>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Found>,
): Promise<Found[]> {
  const found: Found[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    found.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(ask))));
  }
  return found;
}
