/** Accounts of this browser: made, unlocked, changed, forgotten. */
import { VitalsError } from "@cw-vitals/client/errors";
import { database, type KeptAccount } from "./database";
import { type DataKeys, dataKeys, newDataKey, openJson, sealJson } from "./envelope";
import { makePasskey, openByPasskey } from "./passkey";
import { unwrapWithPassphrase, wrapWithPassphrase } from "./passphrase";
import type { Secrets, WalletKind } from "./types";

/** Below this a passphrase is refused: scrypt slows guessing, it does not stop it. */
export const SHORTEST_PASSPHRASE = 10;

export interface Unlocked {
  kept: KeptAccount;
  keys: DataKeys;
  secrets: Secrets;
}

export async function keptAccounts(): Promise<KeptAccount[]> {
  const all = await (await database()).getAll("accounts");
  return all.sort((a, b) => b.usedAt - a.usedAt);
}

interface NewAccount {
  address: string;
  label: string;
  wallet: WalletKind;
  secrets: Secrets;
  passphrase: string;
}

/** @throws VitalsError `session/passphrase_short`, `session/known` */
export async function keepAccount({ address, label, wallet, secrets, passphrase }: NewAccount): Promise<Unlocked> {
  checkLength(passphrase);
  const db = await database();
  if (await db.get("accounts", address)) {
    throw new VitalsError("session/known", `this browser has ${address} already: unlock it`);
  }
  const raw = newDataKey();
  const keys = await dataKeys(raw);
  const kept: KeptAccount = {
    address,
    label,
    wallet,
    passphrase: await wrapWithPassphrase(passphrase, raw),
    secrets: await sealJson(keys.secrets, secrets, boundTo(address)),
    usedAt: Date.now(),
  };
  await db.add("accounts", kept);
  return { kept, keys, secrets };
}

/** @throws VitalsError `session/passphrase` where it is another, `session/damaged` */
export async function unlock(address: string, passphrase: string): Promise<Unlocked> {
  const kept = await known(address);
  return opened(kept, await unwrapWithPassphrase(passphrase, kept.passphrase));
}

/** @throws VitalsError `session/passkey`, `session/damaged` */
export async function unlockByPasskey(address: string): Promise<Unlocked> {
  const kept = await known(address);
  if (!kept.passkey) throw new VitalsError("session/passkey", "this account has no passkey");
  return opened(kept, await openByPasskey(address, kept.passkey));
}

/** The passphrase is asked for again: whoever finds an unlocked screen cannot add a passkey of theirs. */
export async function addPasskey(address: string, passphrase: string): Promise<void> {
  const kept = await known(address);
  const raw = await unwrapWithPassphrase(passphrase, kept.passphrase);
  const passkey = await makePasskey(address, kept.label, raw);
  await (await database()).put("accounts", { ...kept, passkey });
}

export async function removePasskey(address: string): Promise<void> {
  const { passkey: _, ...rest } = await known(address);
  await (await database()).put("accounts", rest);
}

export async function changePassphrase(address: string, before: string, after: string): Promise<void> {
  checkLength(after);
  const kept = await known(address);
  const raw = await unwrapWithPassphrase(before, kept.passphrase);
  await (await database()).put("accounts", { ...kept, passphrase: await wrapWithPassphrase(after, raw) });
}

export async function saveSecrets(address: string, keys: DataKeys, secrets: Secrets): Promise<void> {
  const kept = await known(address);
  const sealed = await sealJson(keys.secrets, secrets, boundTo(address));
  await (await database()).put("accounts", { ...kept, secrets: sealed });
}

/** Removes it from this browser, with all that was kept for it. The account itself stays on the chain. */
export async function forgetAccount(address: string): Promise<void> {
  const db = await database();
  const change = db.transaction(["accounts", "cache"], "readwrite");
  await change.objectStore("accounts").delete(address);
  let cursor = await change.objectStore("cache").index("address").openCursor(address);
  while (cursor) {
    await cursor.delete();
    cursor = await cursor.continue();
  }
  await change.done;
}

async function known(address: string): Promise<KeptAccount> {
  const kept = await (await database()).get("accounts", address);
  if (!kept) throw new VitalsError("session/unknown", `this browser does not know ${address}`);
  return kept;
}

async function opened(kept: KeptAccount, raw: Uint8Array<ArrayBuffer>): Promise<Unlocked> {
  const keys = await dataKeys(raw);
  raw.fill(0);
  const secrets = await openJson<Secrets>(keys.secrets, kept.secrets, boundTo(kept.address)).catch((cause: unknown) => {
    throw new VitalsError("session/damaged", "what this browser kept of the account was altered", { cause });
  });
  await (await database()).put("accounts", { ...kept, usedAt: Date.now() });
  return { kept, keys, secrets };
}

function checkLength(passphrase: string): void {
  if ([...passphrase].length >= SHORTEST_PASSPHRASE) return;
  throw new VitalsError("session/passphrase_short", `the passphrase has fewer than ${SHORTEST_PASSPHRASE} characters`);
}

const boundTo = (address: string) => `secrets/${address}`;
