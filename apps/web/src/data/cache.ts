/** What was opened, kept sealed for when there is no network. Losing it loses nothing. */
import { clearEntries, forgetEntries, putEntry, removeEntry } from "../session/cache-store";
import { database } from "../session/database";
import { type DataKeys, hiddenName, open, seal } from "../session/envelope";
import { packed, unpacked } from "./pack";

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
 * A cache of one account, which the browser keeps, or (`demo`) which one tab holds. Values are of JSON and typed
 * arrays. An entry that cannot be read is as none; one that cannot be written is not kept: neither is an error to who
 * looks at the app.
 */
export function accountCache(address: string, keys: DataKeys, demo = false): ForgetfulCache {
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
        await putEntry(entry, demo);
      } catch {
        // the disk is full or the browser keeps nothing
      }
    },
    async remove(name) {
      await removeEntry(address, await hiddenName(keys.names, `${address}/${name}`));
    },
    async forget(about) {
      await forgetEntries(address, await hiddenName(keys.names, aboutName(address, about)));
    },
    clear: () => clearEntries(address),
  };
}

const aboutName = (address: string, about: string) => `${address}/about/${about}`;
