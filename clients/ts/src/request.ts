// Signed requests to vaults. Shapes and rules: packages/vault-client/src/request.rs.

import { toBase64, toHex } from "@cosmjs/encoding";

import type { Account } from "./account.js";

/** Seconds that a request lives; a vault lets it live 300 at most. */
export const LIFETIME_S = 60;

/** What an account signs of a request: it serves one request, at one vault, once. */
export interface Payload {
  readonly version: 1;
  /** Name of the vault it is for. */
  readonly vault: string;
  readonly account: string;
  readonly method: string;
  /** Path and query as in the request line. */
  readonly target: string;
  /** SHA-256 of the body, lower-case hex. */
  readonly body_digest: string;
  /** Seconds since 1970. */
  readonly expires: number;
  /** Hex of 16 random bytes. */
  readonly nonce: string;
}

/** What is asked of a vault. */
export interface Asked {
  readonly method: "GET" | "PUT" | "POST";
  readonly target: string;
  readonly body?: Uint8Array;
}

/** A fresh payload. @param nowMs milliseconds since 1970 */
export async function payload(vault: string, account: string, asked: Asked, nowMs = Date.now()): Promise<Payload> {
  return {
    version: 1,
    vault,
    account,
    method: asked.method,
    target: asked.target,
    body_digest: toHex(await digest(asked.body ?? new Uint8Array())),
    expires: Math.floor(nowMs / 1000) + LIFETIME_S,
    nonce: toHex(crypto.getRandomValues(new Uint8Array(16))),
  };
}

/** The value of the `authorization` header: by the account's session, where it keeps one and the request reads. */
export async function authorization(account: Account, signed: Payload, renew?: boolean): Promise<string> {
  if (signed.method === "GET" && account.authorizeRead) return account.authorizeRead(signed, renew);
  return ownAuthorization(account, signed);
}

/** The header by the account itself: a wallet asks its user. */
export async function ownAuthorization(account: Account, signed: Payload): Promise<string> {
  const bytes = payloadBytes(signed);
  const signature = await account.signArbitrary(bytes);
  return `Vitals ${[bytes, account.publicKey, signature].map(base64url).join(".")}`;
}

/** What is signed of a payload. */
export function payloadBytes(signed: Payload): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(signed));
}

/** SHA-256: what blobs, packages and bodies are named by. */
export async function digest(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));
}

function base64url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
