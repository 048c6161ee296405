import { openDB } from "idb";
import { afterEach, expect, it, vi } from "vitest";
import { clearEntries, forgetEntries, putEntry, removeEntry } from "./cache-store";
import { type CacheEntry, database } from "./database";

const entry = (name: string, size: number, keptAt: number, more: Partial<CacheEntry> = {}): CacheEntry => ({
  name,
  address: "wasm1a",
  sealed: { nonce: new Uint8Array(12), bytes: new Uint8Array(size) },
  keptAt,
  size,
  ...more,
});
const put = (name: string, size: number, keptAt: number, more?: Partial<CacheEntry>) =>
  putEntry(entry(name, size, keptAt, more), true, 100);
const names = async () => (await (await database()).getAllKeys("cache")).sort();
const bytes = async (address = "wasm1a") => (await database()).get("sizes", address);

/** A browser of the version before, which counted nothing. */
async function ofBefore(): Promise<void> {
  const db = await openDB("cw-vitals", 1, {
    upgrade(db) {
      db.createObjectStore("accounts", { keyPath: "address" });
      const cache = db.createObjectStore("cache", { keyPath: "name" });
      cache.createIndex("address", "address");
      cache.createIndex("keptAt", "keptAt");
    },
  });
  await db.put("accounts", { address: "wasm1a", label: "kept" });
  await db.put("cache", entry("old", 60, 1));
  await db.put("cache", entry("older", 30, 0));
  db.close();
}
await ofBefore();

it("what a browser kept before entries were counted stays, is counted once, and makes room as any", async () => {
  expect(await (await database()).get("accounts", "wasm1a")).toMatchObject({ label: "kept" });
  expect(await bytes()).toBeUndefined();
  await put("new", 20, 2);
  expect(await names()).toEqual(["new", "old"]);
  expect(await bytes()).toBe(80);
});

afterEach(async () => {
  await clearEntries("wasm1a");
  await clearEntries("wasm1z");
});

it("the oldest make room, as many as it takes, and no more", async () => {
  await put("b", 40, 2);
  await put("a", 30, 1);
  await put("c", 30, 3);
  expect(await names()).toEqual(["a", "b", "c"]);
  await put("d", 31, 4);
  expect(await names()).toEqual(["c", "d"]);
  expect(await bytes()).toBe(61);
});

it("an entry in place of another counts once, and is as old as it is now", async () => {
  await put("a", 60, 1);
  await put("b", 30, 2);
  await put("a", 20, 3);
  expect(await bytes()).toBe(50);
  await put("c", 60, 4);
  expect(await names()).toEqual(["a", "c"]);
});

it("an entry that is more than all the room is not kept, and leaves nothing beside it", async () => {
  await put("a", 60, 1);
  await put("huge", 101, 2);
  expect(await names()).toEqual([]);
  expect(await bytes()).toBe(0);
});

it("accounts share neither room nor what is forgotten", async () => {
  await put("a", 90, 1, { about: "x" });
  await put("z", 90, 2, { address: "wasm1z", about: "y" });
  expect(await names()).toEqual(["a", "z"]);
  await clearEntries("wasm1a");
  expect(await names()).toEqual(["z"]);
  expect([await bytes(), await bytes("wasm1z")]).toEqual([undefined, 90]);
});

it("what is removed or forgotten gives its room back", async () => {
  await put("a", 20, 1, { about: "x" });
  await put("b", 30, 2, { about: "x" });
  await put("c", 40, 3);
  await forgetEntries("wasm1a", "x");
  expect(await names()).toEqual(["c"]);
  expect(await bytes()).toBe(40);
  await removeEntry("wasm1a", "c");
  await removeEntry("wasm1a", "never");
  expect(await bytes()).toBe(0);
});

it("what came too late for its account, which was removed, is not kept", async () => {
  await putEntry(entry("late", 1, 1, { address: "wasm1gone" }), false, 100);
  expect(await names()).toEqual([]);
});

it("no entry is read to make room, to forget, or to clear", async () => {
  const reads = [
    vi.spyOn(IDBIndex.prototype, "openCursor"),
    vi.spyOn(IDBIndex.prototype, "get"),
    vi.spyOn(IDBIndex.prototype, "getAll"),
    vi.spyOn(IDBObjectStore.prototype, "openCursor"),
    vi.spyOn(IDBObjectStore.prototype, "getAll"),
  ];
  const one = vi.spyOn(IDBObjectStore.prototype, "get");
  await put("a", 60, 1, { about: "x" });
  await put("b", 60, 2, { about: "x" });
  await forgetEntries("wasm1a", "x");
  await clearEntries("wasm1a");
  for (const read of reads) expect(read).not.toHaveBeenCalled();
  expect(one.mock.instances.map((store) => (store as unknown as IDBObjectStore).name)).not.toContain("cache");
  vi.restoreAllMocks();
});
