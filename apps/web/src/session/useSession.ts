import type { Account, Network } from "@cw-vitals/client";
import { createContext, useContext, useMemo } from "react";
import type { ForgetfulCache } from "../data/cache";
import type { Standing } from "../data/standing";
import type { AccountNotes } from "./notes";
import { useSessionControl } from "./Session";
import type { HeldKeys, Role, Secrets, WalletKind } from "./types";

export interface OpenSession {
  network: Network;
  account: Account;
  address: string;
  wallet: WalletKind;
  label: string;
  /** The age identity, the keyring, the words: as far as this account has them. They leave the browser never. */
  secrets: Secrets;
  /** Keeps changed secrets before it returns; with `held`, only over those keys (`keys/changed`). */
  saveSecrets(part: Secrets, held?: HeldKeys): Promise<void>;
  cache: ForgetfulCache;
  notes: AccountNotes;
  /** An account of a local demonstration, held by this tab alone. */
  demo: boolean;
  lock(): void;
}

/** The unlocked account. */
export function useOpenAccount(): OpenSession {
  const { network, state, lock, saveSecrets } = useSessionControl();
  if (state.status !== "open") throw new Error("useOpenAccount while locked");
  const { open } = state;
  return useMemo(() => {
    const { account, wallet, label, secrets, cache, notes, demo } = open;
    return {
      network,
      account,
      address: account.address,
      wallet,
      label,
      secrets,
      saveSecrets,
      cache,
      notes,
      demo,
      lock,
    };
  }, [network, open, lock, saveSecrets]);
}

export interface RoleChoice {
  role: Role;
  /** Those the chain says the account has. */
  roles: readonly Role[];
  setRole(role: Role): void;
  /** Absent until the chain answered. */
  standing: Standing | undefined;
  /** The patient it is, in the role of patient: the first it controls, or the one of a role link. */
  patient: string | undefined;
}

export const RoleContext = createContext<RoleChoice | undefined>(undefined);

/** Who looks at the app: the account, its secrets, and the role it is in. For pages. */
export function useSession(): OpenSession & RoleChoice {
  const account = useOpenAccount();
  const choice = useContext(RoleContext);
  if (!choice) throw new Error("useSession outside of RoleProvider");
  return useMemo(() => ({ ...account, ...choice }), [account, choice]);
}
