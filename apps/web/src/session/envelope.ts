/**
 * How secrets are kept: sealed by AES-256-GCM under a random data key, which is itself wrapped under a
 * passphrase (an age file, scrypt) and, where the platform has one, under a passkey. So a secret that changes is
 * sealed anew without asking for the passphrase again.
 */

/** 96-bit random nonces: far fewer than 2^32 sealings under one key (NIST SP 800-38D, 8.3). */
const NONCE_BYTES = 12;
const KEY_BYTES = 32;

type Bytes = Uint8Array<ArrayBuffer>;

export interface Sealed {
  nonce: Bytes;
  bytes: Bytes;
}

/** The keys in force while an account is unlocked; none can be taken out of the browser's keeping. */
export interface DataKeys {
  /** Seals the account's secrets. */
  secrets: CryptoKey;
  /** Seals what was opened and is kept. */
  cache: CryptoKey;
  /** Names entries of the cache, so that their names tell nothing. */
  names: CryptoKey;
}

export function newDataKey(): Bytes {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

/** The working keys, each for one use (HKDF-SHA256, RFC 5869). */
export async function dataKeys(raw: Bytes): Promise<DataKeys> {
  const base = await crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveKey"]);
  const aes = (info: string) => derive(base, info, { name: "AES-GCM", length: 256 }, ["encrypt", "decrypt"]);
  const [secrets, cache, names] = await Promise.all([
    aes("secrets"),
    aes("cache"),
    derive(base, "names", { name: "HMAC", hash: "SHA-256", length: 256 }, ["sign"]),
  ]);
  return { secrets, cache, names };
}

function derive(base: CryptoKey, info: string, to: AesKeyGenParams | HmacKeyGenParams, uses: KeyUsage[]) {
  const salt = new Uint8Array();
  const hkdf = { name: "HKDF", hash: "SHA-256", salt, info: utf8(`cw-vitals/v1/web/${info}`) };
  return crypto.subtle.deriveKey(hkdf, base, to, false, uses);
}

/** @param bound what the bytes belong to; opening them as something else fails */
export async function seal(key: CryptoKey, plain: Bytes, bound: string): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const bytes = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: utf8(bound) }, key, plain);
  return { nonce, bytes: new Uint8Array(bytes) };
}

/** Rejects where the key is another, or the bytes were altered. */
export async function open(key: CryptoKey, { nonce, bytes }: Sealed, bound: string): Promise<Bytes> {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: utf8(bound) }, key, bytes);
  return new Uint8Array(plain);
}

export async function sealJson(key: CryptoKey, value: unknown, bound: string): Promise<Sealed> {
  return seal(key, utf8(JSON.stringify(value)), bound);
}

export async function openJson<Value>(key: CryptoKey, sealed: Sealed, bound: string): Promise<Value> {
  return JSON.parse(new TextDecoder().decode(await open(key, sealed, bound))) as Value;
}

/** A name that says nothing to who has not the key. */
export async function hiddenName(key: CryptoKey, name: string): Promise<string> {
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8(name)));
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text) as Bytes;
}
