/** The cache as the browser keeps it: sealed entries, the oldest of which make room. No entry is read to count or drop any. */
import { type CacheEntry, type Change, startChange } from "./database";

/** Kept for an account at most. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** In place of one of the same name; whatever is older and does not fit beside it goes. */
export async function putEntry(entry: CacheEntry, demo: boolean, most = MOST_BYTES): Promise<void> {
  const changing = await startChange();
  const { address, name, size } = entry;
  // removed in another window: what was on its way is not to be left behind, under a key that nobody has
  if (!demo && (await changing.objectStore("accounts").getKey(address)) === undefined) return;
  const held = await bytesOf(changing, address);
  const replaced = await drop(changing, "byName", name);
  await changing.objectStore("cache").put(entry);
  const total = held - replaced + size;
  const evicted = await drop(changing, "byAge", address, total - most);
  await changing.objectStore("sizes").put(total - evicted, address);
  await changing.done;
}

export const removeEntry = (address: string, name: string) => dropAll(address, "byName", name);

export const forgetEntries = (address: string, about: string) => dropAll(address, "byAbout", about);

export async function clearEntries(address: string): Promise<void> {
  const changing = await startChange();
  await clearEntriesIn(changing, address);
  await changing.done;
}

export async function clearEntriesIn(changing: Change, address: string): Promise<void> {
  await drop(changing, "byAge", address);
  await changing.objectStore("sizes").delete(address);
}

/** What an account has in the cache; of an earlier version of the app it is counted, once. */
async function bytesOf(changing: Change, address: string): Promise<number> {
  const known = await changing.objectStore("sizes").get(address);
  if (known !== undefined) return known;
  let bytes = 0;
  let cursor = await changing.objectStore("cache").index("byAge").openKeyCursor(range(address));
  while (cursor) {
    bytes += cursor.key[2];
    cursor = await cursor.continue();
  }
  return bytes;
}

async function dropAll(address: string, index: Index, of: string): Promise<void> {
  const changing = await startChange();
  const held = await bytesOf(changing, address);
  await changing.objectStore("sizes").put(held - (await drop(changing, index, of)), address);
  await changing.done;
}

type Index = "byAge" | "byName" | "byAbout";

/** Drops what an index has of something, the oldest first, until so many bytes are free. Gives how many became so. */
async function drop(changing: Change, index: Index, of: string, enough = Number.POSITIVE_INFINITY): Promise<number> {
  if (enough <= 0) return 0;
  const entries = changing.objectStore("cache");
  let freed = 0;
  let cursor = await entries.index(index).openKeyCursor(range(of));
  while (cursor && freed < enough) {
    freed += cursor.key.at(-1) as number;
    await entries.delete(cursor.primaryKey);
    cursor = await cursor.continue();
  }
  return freed;
}

/** All keys of an index that begin with this: a list is after any number. */
const range = (first: string) => IDBKeyRange.bound([first], [first, []]);
