/** Where the key agent keeps keys and memory: sealed with the account, in this browser. */

import { VitalsError } from "@cw-vitals/client/errors";
import type { AgentState, KeyStore } from "@cw-vitals/client/keys";
import type { Secrets } from "../../../session/types";

/** What of the session the store needs. */
export interface StoreSession {
  address: string;
  secrets: Secrets;
  demo: boolean;
  saveSecrets(part: Secrets): Promise<void>;
}

/** Makes the kept form of the keys: needs the core. */
export type Wrap<Keyring> = (keyring: Keyring, identity: string) => string;

/** A note of which keys were saved last, for other tabs: a digest, no keys. */
const noteOf = (address: string) => `cw-vitals/keys/${address}`;

async function stampOf(keyring: string | undefined): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(keyring ?? ""));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Two tabs that each drew the next generation would lose one of the secrets: the later one finds that the keys were
 * changed by another, and gives up, as the key agent on the command line does.
 */
export function keyStore<Keyring>(session: StoreSession, wrap: Wrap<Keyring>): KeyStore {
  const { address, demo, saveSecrets } = session;
  const identity = session.secrets.identity ?? "";
  let held = session.secrets.keyring;
  let memory = session.secrets.agent;

  const save = async (keyring: Keyring) => {
    const noted = localStorage.getItem(noteOf(address));
    if (!demo && noted !== null && noted !== (await stampOf(held))) {
      throw new VitalsError("keys/changed", "another tab changed these keys: load the app again here");
    }
    const wrapped = wrap(keyring, identity);
    await saveSecrets({ keyring: wrapped });
    held = wrapped;
    if (!demo) localStorage.setItem(noteOf(address), await stampOf(wrapped));
  };

  return {
    saveKeys: (keyring) => alone(address, () => save(keyring as unknown as Keyring)),
    loadState: async () => stateIn(memory),
    async saveState(state) {
      memory = JSON.stringify(state);
      await saveSecrets({ agent: memory });
    },
  };
}

/** What is remembered; what cannot be read is as if nothing were: some packages are sealed once more. */
export function stateIn(memory: string | undefined): AgentState | undefined {
  if (memory === undefined) return undefined;
  try {
    const state = JSON.parse(memory) as Partial<AgentState>;
    return { rotating: state.rotating ?? null, rolls: state.rolls ?? {}, emergency: state.emergency ?? null };
  } catch {
    return undefined;
  }
}

/** One tab at a time, where the browser has locks. */
function alone<Result>(address: string, act: () => Promise<Result>): Promise<Result> {
  // absent where the page is not served securely
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return act();
  return locks.request(noteOf(address), act) as Promise<Result>;
}
