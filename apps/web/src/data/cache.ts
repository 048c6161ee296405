/** What was opened, kept sealed for when there is no network. Losing it loses nothing. */
import { type CacheEntry, database } from "../session/database";
import { type DataKeys, hiddenName, open, seal } from "../session/envelope";
import { packed, unpacked } from "./pack";

/** Kept for an account at most; the oldest go first. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface ForgetfulCache {
  get<Value>(name: string): Promise<{ value: Value; keptAt: number } | undefined>;
  /** @param about what it is of, for `forget` */
  put(name: string, value: unknown, about?: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** All that was put as being about this. */
  forget(about: string): Promise<void>;
  /** All of the account. */
  clear(): Promise<void>;
}

/**
 * A cache of one account. Values are of JSON and typed arrays. An entry that cannot be read is as none; one that
 * cannot be written is not kept: neither is an error to who looks at the app.
 */
export function accountCache(address: string, keys: DataKeys): ForgetfulCache {
  return {
    async get<Value>(name: string) {
      try {
        const key = await hiddenName(keys.names, `${address}/${name}`);
        const entry = await (await database()).get("cache", key);
        if (!entry) return undefined;
        return { value: unpacked<Value>(await open(keys.cache, entry.sealed, key)), keptAt: entry.keptAt };
      } catch {
        return undefined;
      }
    },
    async put(name, value, about) {
      try {
        const key = await hiddenName(keys.names, `${address}/${name}`);
        const bytes = packed(value);
        const entry = {
          name: key,
          address,
          ...(about === undefined ? {} : { about: await hiddenName(keys.names, aboutName(address, about)) }),
          sealed: await seal(keys.cache, bytes, key),
          keptAt: Date.now(),
          size: bytes.length,
        };
        await store(entry);
      } catch {
        // the disk is full or the browser keeps nothing
      }
    },
    async remove(name) {
      await (await database()).delete("cache", await hiddenName(keys.names, `${address}/${name}`));
    },
    async forget(about) {
      const hidden = await hiddenName(keys.names, aboutName(address, about));
      const change = (await database()).transaction("cache", "readwrite");
      let cursor = await change.store.index("address").openCursor(address);
      while (cursor) {
        if (cursor.value.about === hidden) await cursor.delete();
        cursor = await cursor.continue();
      }
      await change.done;
    },
    async clear() {
      const db = await database();
      const names = await db.getAllKeysFromIndex("cache", "address", address);
      const change = db.transaction("cache", "readwrite");
      await Promise.all([...names.map((name) => change.store.delete(name)), change.done]);
    },
  };
}

const aboutName = (address: string, about: string) => `${address}/about/${about}`;

async function store(entry: CacheEntry): Promise<void> {
  const db = await database();
  const change = db.transaction("cache", "readwrite");
  await change.store.put(entry);
  let size = 0;
  // newest first: whatever does not fit after it goes
  let cursor = await change.store.index("keptAt").openCursor(null, "prev");
  while (cursor) {
    if (cursor.value.address === entry.address) {
      size += cursor.value.size;
      if (size > MOST_BYTES) await cursor.delete();
    }
    cursor = await cursor.continue();
  }
  await change.done;
}
