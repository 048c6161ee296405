// Sessions at vaults: a wallet asks its user once, and the browser reads for an hour. What is signed and what vaults
// take: packages/vault-client/src/session.rs, which makes the text here too.

import type { Account } from "./account.js";
import { inCore, loadCore, VaultSession } from "./core/index.js";
import { VitalsError } from "./errors.js";
import type { Network } from "./network.js";
import { ownAuthorization, payloadBytes } from "./request.js";

/** With fewer seconds left, another session is begun. */
const LEFT_S = 30;
/** A vault that calls a younger session over has another clock: another session would not do either. */
const YOUNG_S = 60;

interface Session {
  /** When the account had signed it. */
  readonly signedS: number;
  readonly untilS: number;
  header(payload: Uint8Array): Promise<string>;
}

/**
 * The account, reading from the network's vaults by sessions: `signArbitrary` is called once for all that is read
 * within an hour, at the first read. The session's key is made here, is kept in memory alone, and cannot be extracted.
 * Whatever stores or erases is still signed by the account each time. Where this browser has no Ed25519 the account
 * comes back as it was.
 */
export async function withSessions(account: Account, network: Pick<Network, "chainId" | "vaults">): Promise<Account> {
  if (!(await hasEd25519())) return account;
  const vaults = network.vaults.map(({ name }) => name);
  let current: Promise<Session> | undefined;
  let ended = false;

  const stillOpen = (): void => {
    if (ended) throw new VitalsError("session/locked", "the session was ended: open the account again");
  };
  const beginOne = (): Promise<Session> => {
    const begun = begin(account, network.chainId, vaults);
    current = begun;
    begun.catch(() => {
      if (current === begun) current = undefined;
    });
    return begun;
  };
  const session = async (renew: boolean): Promise<Session> => {
    const before = current;
    const last = await before;
    stillOpen();
    if (last && holds(last, renew)) return last;
    // requests at the same time wait for one answer of the user
    return current === before || !current ? beginOne() : current;
  };

  return {
    ...account,
    async authorizeRead(signed, renew = false) {
      if (!vaults.includes(signed.vault)) return ownAuthorization(account, signed);
      const by = await session(renew);
      stillOpen();
      return by.header(payloadBytes(signed));
    },
    endSession() {
      ended = true;
      current = undefined;
    },
  };
}

function holds({ signedS, untilS }: Session, renew: boolean): boolean {
  return untilS - nowS() >= LEFT_S && !(renew && nowS() - signedS > YOUNG_S);
}

const ALGORITHM = { name: "Ed25519" };

async function begin(account: Account, chainId: string, vaults: readonly string[]): Promise<Session> {
  await loadCore();
  const { privateKey, publicKey } = await newKey();
  const key = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
  const made = inCore(() => new VaultSession({ chainId, account: account.address, vaults, nowS: nowS() }, key));
  const byAccount = await account.signArbitrary(made.text);
  return {
    signedS: nowS(),
    untilS: made.until,
    async header(payload) {
      const digest = new Uint8Array(made.digest(payload));
      const signature = new Uint8Array(await crypto.subtle.sign(ALGORITHM, privateKey, digest));
      return inCore(() => made.authorization(payload, signature, account.publicKey, byAccount));
    },
  };
}

function newKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]) as Promise<CryptoKeyPair>;
}

/** Browsers from before 2025 may lack it. */
function hasEd25519(): Promise<boolean> {
  return newKey().then(
    () => true,
    () => false,
  );
}

const nowS = (): number => Math.floor(Date.now() / 1000);
