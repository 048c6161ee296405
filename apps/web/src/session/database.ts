/** What the browser keeps: accounts whose secrets are sealed, and what was opened, sealed too. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
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

interface Schema extends DBSchema {
  accounts: { key: string; value: KeptAccount };
  cache: { key: string; value: CacheEntry; indexes: { address: string; keptAt: number } };
}

export type Database = IDBPDatabase<Schema>;

let opened: Promise<Database> | undefined;

export function database(): Promise<Database> {
  opened ??= openDB<Schema>("cw-vitals", 1, {
    upgrade(db) {
      db.createObjectStore("accounts", { keyPath: "address" });
      const cache = db.createObjectStore("cache", { keyPath: "name" });
      cache.createIndex("address", "address");
      cache.createIndex("keptAt", "keptAt");
    },
  });
  return opened;
}
