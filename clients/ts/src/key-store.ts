// What a key agent keeps between runs.

import type { EmergencyRoll, Keyring, Roll } from "./core/index.js";

/** What an agent remembers: digests, and no keys. Whoever loses it seals some packages once more. */
export interface AgentState {
  /** The generation that is being brought in. */
  rotating: number | null;
  /** By grant: the package that was sealed last. */
  rolls: Record<string, Roll>;
  emergency: EmergencyRoll | null;
}

/** Where keys and state are kept. */
export interface KeyStore {
  /**
   * Keeps the keys, locked (`Keyring.lock`), and their backup. It must have done so when it returns: a secret that is
   * lost once the chain insists on it cannot be replaced.
   */
  saveKeys(keyring: Keyring): Promise<void>;
  /** `undefined` where none was saved. */
  loadState(): Promise<AgentState | undefined>;
  saveState(state: AgentState): Promise<void>;
}

export const noState = (): AgentState => ({ rotating: null, rolls: {}, emergency: null });
