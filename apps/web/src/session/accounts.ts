/** Accounts of this browser: made, unlocked, changed, forgotten. */
import { VitalsError } from "@cw-vitals/client/errors";
import { clearEntriesIn } from "./cache-store";
import { database, type KeptAccount, startChange } from "./database";
import { type DataKeys, dataKeys, newDataKey, openJson, sealJson } from "./envelope";
import { isShort, SHORTEST_PASSPHRASE } from "./new-passphrase";
import { clearNotesIn } from "./notes";
import { makePasskey, openByPasskey } from "./passkey";
import { unwrapWithPassphrase, wrapWithPassphrase } from "./passphrase";
import { askToPersist } from "./persistence";
import { merged } from "./secrets";
import type { HeldKeys, Secrets, WalletKind } from "./types";
import { tellWindows } from "./windows";

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
  void askToPersist();
  return { kept, keys, secrets };
}

/** @throws VitalsError `session/passphrase` where it is another, `session/damaged` */
export async function unlock(address: string, passphrase: string): Promise<Unlocked> {
  const kept = await known(address);
  return opened(address, await unwrapWithPassphrase(passphrase, kept.passphrase));
}

/** @throws VitalsError `session/passkey`, `session/damaged`; what `signal` gives where the prompt was given up */
export async function unlockByPasskey(address: string, signal: AbortSignal): Promise<Unlocked> {
  const kept = await known(address);
  if (!kept.passkey) throw new VitalsError("session/passkey", "this account has no passkey");
  return opened(address, await openByPasskey(address, kept.passkey, signal));
}

/** The passphrase is asked for again: whoever finds an unlocked screen cannot add a passkey of theirs. */
export async function addPasskey(address: string, passphrase: string): Promise<void> {
  const kept = await known(address);
  const raw = await unwrapWithPassphrase(passphrase, kept.passphrase);
  const passkey = await makePasskey(address, kept.label, raw);
  await change(address, (now) => ({ ...sameWrap(now, kept), passkey }));
}

/** @throws VitalsError `session/passphrase` where it is not the account's */
export async function provePassphrase(address: string, passphrase: string): Promise<void> {
  const raw = await unwrapWithPassphrase(passphrase, (await known(address)).passphrase);
  raw.fill(0);
}

/** It opens the account no more in this browser. What the authenticator itself keeps is its own. */
export async function removePasskey(address: string): Promise<void> {
  await change(address, ({ passkey: _, ...rest }) => rest);
}

export async function hasPasskey(address: string): Promise<boolean> {
  return (await known(address)).passkey !== undefined;
}

export async function changePassphrase(address: string, before: string, after: string): Promise<void> {
  checkLength(after);
  const kept = await known(address);
  const raw = await unwrapWithPassphrase(before, kept.passphrase);
  const passphrase = await wrapWithPassphrase(after, raw);
  await change(address, (now) => ({ ...sameWrap(now, kept), passphrase }));
}

/**
 * Changes a part of the newest secrets, whichever window kept them, and gives all of them.
 *
 * @param held the keys as this window knows them, for a change that builds on them
 * @throws VitalsError `keys/changed` where the browser keeps others by now, `session/unknown`, `session/locked`
 */
export async function saveSecrets(address: string, keys: DataKeys, part: Secrets, held?: HeldKeys): Promise<Secrets> {
  for (;;) {
    const kept = await known(address);
    const before = await secretsIn(kept, keys).catch((cause: unknown) => {
      throw new VitalsError("session/locked", "the account was removed meanwhile, and set up again", { cause });
    });
    const secrets = merged(before, part, held);
    const sealed = await sealJson(keys.secrets, secrets, boundTo(address));
    let saved = false;
    await change(address, (now) => {
      saved = sameBytes(now.secrets.nonce, kept.secrets.nonce);
      return saved ? { ...now, secrets: sealed } : now;
    });
    // else another window saved meanwhile: once more, upon what it saved
    if (saved) return secrets;
  }
}

/** Removes it from this browser, with all that was kept for it. The account itself stays on the chain. */
export async function forgetAccount(address: string): Promise<void> {
  const forgetting = await startChange();
  await forgetting.objectStore("accounts").delete(address);
  await clearEntriesIn(forgetting, address);
  await clearNotesIn(forgetting, address);
  await forgetting.done;
  tellWindows({ type: "forget", address });
}

/**
 * Changes the record as it is now, in one transaction: one that was read before slow work (a passphrase, a passkey)
 * would put back secrets that another window replaced meanwhile, or an account that it removed.
 */
async function change(address: string, edit: (now: KeptAccount) => KeptAccount): Promise<KeptAccount> {
  const transaction = (await database()).transaction("accounts", "readwrite");
  const now = await transaction.store.get(address);
  if (!now) throw unknown(address);
  const changed = edit(now);
  await transaction.store.put(changed);
  await transaction.done;
  return changed;
}

/** A data key unwrapped from one record belongs to no other that took its place. */
function sameWrap(now: KeptAccount, before: KeptAccount): KeptAccount {
  if (sameBytes(now.passphrase, before.passphrase)) return now;
  throw new VitalsError("session/passphrase", "another window changed the passphrase meanwhile");
}

async function known(address: string): Promise<KeptAccount> {
  const kept = await (await database()).get("accounts", address);
  if (!kept) throw unknown(address);
  return kept;
}

async function opened(address: string, raw: Uint8Array<ArrayBuffer>): Promise<Unlocked> {
  const keys = await dataKeys(raw);
  raw.fill(0);
  const kept = await change(address, (now) => ({ ...now, usedAt: Date.now() }));
  const secrets = await secretsIn(kept, keys).catch((cause: unknown) => {
    throw new VitalsError("session/damaged", "what this browser kept of the account was altered", { cause });
  });
  return { kept, keys, secrets };
}

function secretsIn(kept: KeptAccount, keys: DataKeys): Promise<Secrets> {
  return openJson<Secrets>(keys.secrets, kept.secrets, boundTo(kept.address));
}

function checkLength(passphrase: string): void {
  if (!isShort(passphrase)) return;
  throw new VitalsError("session/passphrase_short", `the passphrase has fewer than ${SHORTEST_PASSPHRASE} characters`);
}

const unknown = (address: string) => new VitalsError("session/unknown", `this browser does not know ${address}`);
const boundTo = (address: string) => `secrets/${address}`;
const sameBytes = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);
