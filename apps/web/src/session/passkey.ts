/**
 * Unlocking by a passkey: WebAuthn's pseudo-random function (the `prf` extension, WebAuthn level 3, 10.1.4) gives
 * 32 bytes that only that authenticator can give, after it checked its user. They wrap the data key.
 */
import { VitalsError } from "@cw-vitals/client/errors";
import type { PasskeyWrap } from "./database";
import { open, seal, utf8 } from "./envelope";

type Bytes = Uint8Array<ArrayBuffer>;

const SALT_BYTES = 32;
const ES256 = -7;
const RS256 = -257;

/**
 * Whether the platform has an authenticator of its own, and the app was opened by a name that passkeys can be for: an
 * IP address is none (WebAuthn level 3, 5.1.3). Whether it knows the function shows when it is made.
 */
export async function passkeysOffered(hostname: string = location.hostname): Promise<boolean> {
  if (!("PublicKeyCredential" in globalThis) || isAddress(hostname)) return false;
  try {
    return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
  } catch {
    return false;
  }
}

/** @throws VitalsError `session/passkey` where it was refused, or the authenticator cannot wrap keys */
export async function makePasskey(address: string, label: string, dataKey: Bytes): Promise<PasskeyWrap> {
  const credential = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { name: "Vitals" },
        user: { id: random(16), name: label, displayName: label },
        challenge: random(32),
        pubKeyCredParams: [ES256, RS256].map((alg) => ({ type: "public-key", alg })),
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
        extensions: { prf: {} },
      },
    }),
  );
  if (!credential.getClientExtensionResults().prf?.enabled) {
    throw new VitalsError("session/passkey", "this authenticator cannot wrap keys (it has no prf extension)");
  }
  const credentialId = new Uint8Array(credential.rawId);
  const salt = random(SALT_BYTES);
  const key = await keyOf(await evaluate(credentialId, salt));
  return { credentialId, salt, wrapped: await seal(key, dataKey, boundTo(address)) };
}

/** The data key. @throws VitalsError `session/passkey`; what `signal` gives where the prompt was given up */
export async function openByPasskey(
  address: string,
  { credentialId, salt, wrapped }: PasskeyWrap,
  signal: AbortSignal,
): Promise<Bytes> {
  const key = await keyOf(await evaluate(credentialId, salt, signal));
  try {
    return await open(key, wrapped, boundTo(address));
  } catch (cause) {
    throw new VitalsError("session/passkey", "the passkey does not open this account", { cause });
  }
}

async function evaluate(id: Bytes, salt: Bytes, signal?: AbortSignal): Promise<Bytes> {
  const get = () =>
    navigator.credentials.get({
      ...(signal && { signal }),
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: "public-key", id }],
        userVerification: "required",
        extensions: { prf: { eval: { first: salt } } },
      },
    });
  const credential = await asked(get, signal);
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (!first) throw new VitalsError("session/passkey", "the authenticator gave no key");
  return new Uint8Array(first as ArrayBuffer);
}

async function keyOf(secret: Bytes): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("cw-vitals/v1/web/passkey") };
  return crypto.subtle.deriveKey(hkdf, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function asked(call: () => Promise<Credential | null>, signal?: AbortSignal): Promise<PublicKeyCredential> {
  try {
    const credential = await call();
    // a password manager in the platform's place may not have heard that it was given up
    signal?.throwIfAborted();
    if (credential) return credential as PublicKeyCredential;
  } catch (cause) {
    signal?.throwIfAborted();
    throw new VitalsError("session/passkey", "the passkey was not used: refused, or none fits", { cause });
  }
  throw new VitalsError("session/passkey", "the passkey was not used");
}

/** As `location.hostname` spells addresses: IPv4 always in decimals, IPv6 in brackets. */
const isAddress = (hostname: string) => hostname.startsWith("[") || /^\d+(\.\d+){3}$/.test(hostname);

const boundTo = (address: string) => `passkey/${address}`;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
