/** Where the key agent keeps keys and memory: sealed with the account, in this browser. */

import type { AgentState, KeyStore } from "@cw-vitals/client/keys";
import type { HeldKeys, Secrets } from "../../../session/types";

/** What of the session the store needs. */
export interface StoreSession {
  secrets: Secrets;
  saveSecrets(part: Secrets, held?: HeldKeys): Promise<void>;
}

/** Makes the kept form of the keys: needs the core. */
export type Wrap<Keyring> = (keyring: Keyring, identity: string) => string;

/**
 * An agent whose keys another window changed, or that were restored from a backup meanwhile, saves nothing more
 * (`keys/changed`), as the key agent on the command line does: what it seals and remembers is of earlier keys.
 */
export function keyStore<Keyring>({ secrets, saveSecrets }: StoreSession, wrap: Wrap<Keyring>): KeyStore {
  const identity = secrets.identity ?? "";
  let held = secrets.keyring;
  let memory = secrets.agent;
  return {
    async saveKeys(keyring) {
      const wrapped = wrap(keyring as unknown as Keyring, identity);
      await saveSecrets({ keyring: wrapped }, { keyring: held });
      held = wrapped;
    },
    loadState: async () => stateIn(memory),
    async saveState(state) {
      const text = JSON.stringify(state);
      await saveSecrets({ agent: text }, { keyring: held });
      memory = text;
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
