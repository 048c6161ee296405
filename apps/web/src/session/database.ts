/** What the browser keeps: accounts whose secrets are sealed, and what was opened, sealed too. */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { Sealed } from "./envelope";
import type { WalletKind } from "./types";

export interface PasskeyWrap {
  credentialId: Uint8Array<ArrayBuffer>;
  /** What the passkey's pseudo-random function is asked for. */
  salt: Uint8Array<ArrayBuffer>;
  /** The data key. */
  wrapped: Sealed;
}

/** An account that this browser knows. Nothing in it opens without the passphrase or the passkey. */
export interface KeptAccount {
  address: string;
  label: string;
  wallet: WalletKind;
  /** An age file under the passphrase, with the data key. */
  passphrase: Uint8Array<ArrayBuffer>;
  passkey?: PasskeyWrap;
  secrets: Sealed;
  usedAt: number;
}

export interface CacheEntry {
  /** Hidden: see `hiddenName`. */
  name: string;
  address: string;
  /** What it is of, hidden alike: what is of one thing is forgotten together. */
  about?: string;
  sealed: Sealed;
  keptAt: number;
  size: number;
}

/** What a person wrote and nobody else has: unlike the cache it is never evicted. */
export interface KeptNote {
  /** Hidden: see `hiddenName`. */
  name: string;
  address: string;
  sealed: Sealed;
}

interface Schema extends DBSchema {
  accounts: { key: string; value: KeptAccount };
  cache: {
    key: string;
    value: CacheEntry;
    // each ends in the size, so that entries are counted and dropped by their keys, without being read
    indexes: { byAge: [string, number, number]; byName: [string, number]; byAbout: [string, number] };
  };
  /** Bytes in the cache, of each account; absent where they are to be counted. */
  sizes: { key: string; value: number };
  notes: { key: string; value: KeptNote; indexes: { address: string } };
}

export type Database = IDBPDatabase<Schema>;
const STORES = ["accounts", "cache", "sizes", "notes"] as const;
/** A change of anything that is kept: all of it, or nothing. */
export type Change = IDBPTransaction<Schema, typeof STORES, "readwrite">;

let opened: Promise<Database> | undefined;

export function database(): Promise<Database> {
  opened ??= openDB<Schema>("cw-vitals", 2, {
    upgrade(db, version, _to, change) {
      if (version < 1) {
        db.createObjectStore("accounts", { keyPath: "address" });
        db.createObjectStore("cache", { keyPath: "name" });
      }
      const cache = change.objectStore("cache");
      for (const index of cache.indexNames) cache.deleteIndex(index);
      cache.createIndex("byAge", ["address", "keptAt", "size"]);
      cache.createIndex("byName", ["name", "size"]);
      cache.createIndex("byAbout", ["about", "size"]);
      db.createObjectStore("sizes");
      db.createObjectStore("notes", { keyPath: "name" }).createIndex("address", "address");
    },
    // a later version of the app, in another window, is not to wait for this one
    blocking(_from, _to, event) {
      opened = undefined;
      (event.target as IDBDatabase).close();
    },
    terminated() {
      opened = undefined;
    },
  });
  return opened;
}

export async function startChange(): Promise<Change> {
  return (await database()).transaction(STORES, "readwrite");
}
