/** A patient's keys, as the session keeps them. Needs the core loaded. */
import { Identity, inCore, Keyring, sealTo } from "@cw-vitals/client/core";
import { VitalsError } from "@cw-vitals/client/errors";

/**
 * @param kept the key file under the identity in base64, or (from a demonstration's role link) its plain JSON
 * @throws VitalsError `keys/none` without an identity, `keys/…` where the file is not of these keys
 */
export function openKeyring(kept: string, identity: string | undefined): Keyring {
  if (identity === undefined)
    throw new VitalsError("keys/none", "this account has no decryption identity in this browser");
  return inCore(() => {
    const own = Identity.parse(identity);
    return Keyring.unlockWith(kept.startsWith("{") ? sealed(kept, own) : fromBase64(kept), own);
  });
}

/** The key file as the session keeps it. */
export function keptKeyring(keyring: Keyring, identity: string): string {
  return inCore(() => toBase64(keyring.lockWith(Identity.parse(identity))));
}

function sealed(json: string, own: Identity): Uint8Array {
  return sealTo([own.recipient], new TextEncoder().encode(json));
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
