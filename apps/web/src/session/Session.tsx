import type { Account, Network } from "@cw-vitals/client";
import { VitalsError } from "@cw-vitals/client/errors";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { accountCache } from "../data/cache";
import type { AccountFile } from "./account-file";
import * as accounts from "./accounts";
import { demoKeys, forgetDemo, rememberDemo, rememberedDemo, updateDemo } from "./demo";
import type { DataKeys } from "./envelope";
import { accountNotes } from "./notes";
import type { RoleLink } from "./role-link";
import { merged } from "./secrets";
import type { HeldKeys, OpenAccount, Secrets, WalletKind } from "./types";
import { hearWindows, tellWindows } from "./windows";

/** Why it was locked, where nobody locked it in this window. */
export type LockedWhy = "idle" | "elsewhere" | "removed";

type State =
  | { status: "opening" }
  | { status: "closed"; error?: unknown; why?: LockedWhy | undefined }
  | { status: "open"; open: OpenAccount };

interface Control {
  network: Network;
  state: State;
  /** Keeps a new account in this browser and opens it. */
  create(
    account: Account,
    details: { label: string; wallet: WalletKind; secrets: Secrets; passphrase: string },
  ): Promise<void>;
  /** Keeps an account from its file in this browser, under the passphrase, and opens it. */
  restore(file: AccountFile, passphrase: string): Promise<void>;
  unlock(address: string, passphrase: string): Promise<void>;
  /** @param signal what its prompt is given up by */
  unlockByPasskey(address: string, signal: AbortSignal): Promise<void>;
  openLink(link: RoleLink): Promise<void>;
  /** Forgets the keys in memory, in all windows of the account. What is kept stays, sealed. */
  lock(): void;
  /** The same for this window alone: each looks for itself whether somebody is there. */
  lockIdle(): void;
  /** Keeps changed secrets before it returns, for instance a keyring with a new generation. */
  saveSecrets(part: Secrets, held?: HeldKeys): Promise<void>;
}

const Context = createContext<Control | undefined>(undefined);

export function SessionProvider({ network, children }: { network: Network; children: ReactNode }) {
  const [state, setState] = useState<State>({ status: "opening" });
  const [keys, setKeys] = useState<DataKeys>();

  // saved one after the other on the newest secrets, whichever render asks: none is lost under an earlier one
  const latest = useRef<OpenAccount>(undefined);
  const saving = useRef<Promise<unknown>>(Promise.resolve());

  const enter = useCallback((open: OpenAccount, dataKeys: DataKeys) => {
    latest.current?.account.endSession?.();
    latest.current = open;
    setKeys(dataKeys);
    setState({ status: "open", open });
  }, []);

  const end = useCallback((error?: unknown, why?: LockedWhy) => {
    latest.current?.account.endSession?.();
    latest.current = undefined;
    forgetDemo();
    setKeys(undefined);
    setState({ status: "closed", error, why });
  }, []);
  const lock = useCallback(() => {
    // a role link's account is each window's own
    if (latest.current && !latest.current.demo) {
      tellWindows({ type: "lock", address: latest.current.account.address });
    }
    end();
  }, [end]);
  const lockIdle = useCallback(() => end(undefined, "idle"), [end]);

  useEffect(
    () =>
      hearWindows(({ type, address }) => {
        if (latest.current?.demo !== false || latest.current.account.address !== address) return;
        if (type === "lock") end(undefined, "elsewhere");
        if (type === "forget") end(undefined, "removed");
      }),
    [end],
  );

  const open = state.status === "open" ? state.open : undefined;
  useEffect(
    () => (open && open.wallet !== "local" ? watchWallet(network, open, end) : undefined),
    [network, open, end],
  );

  useEffect(() => {
    const demo = network.local ? rememberedDemo() : undefined;
    if (!demo) return setState({ status: "closed" });
    void (async () => {
      const dataKeys = await demoKeys(demo);
      const account = await accountFor(network, "local", demo.link.secrets);
      enter(demoAccount(account, demo.link, dataKeys), dataKeys);
    })().catch((error: unknown) => setState({ status: "closed", error }));
  }, [network, enter]);

  const control = useMemo<Control>(() => {
    const enterUnlocked = async ({ kept, keys: dataKeys, secrets }: accounts.Unlocked, given?: Account) => {
      const account = given ?? (await accountFor(network, kept.wallet, secrets));
      checkAddress(account.address, kept.address);
      enter(opened(account, kept.wallet, kept.label, secrets, dataKeys), dataKeys);
    };
    return {
      network,
      state,
      lock,
      lockIdle,
      async create(account, details) {
        await enterUnlocked(await accounts.keepAccount({ address: account.address, ...details }), account);
      },
      async restore({ address, ...details }, passphrase) {
        const account = await accountFor(network, details.wallet, details.secrets);
        checkAddress(account.address, address);
        await enterUnlocked(await accounts.keepAccount({ address, ...details, passphrase }), account);
      },
      unlock: async (address, passphrase) => enterUnlocked(await accounts.unlock(address, passphrase)),
      unlockByPasskey: async (address, signal) => enterUnlocked(await accounts.unlockByPasskey(address, signal)),
      async openLink(link) {
        // first, since it refuses on a network that is not local
        const account = await accountFor(network, "local", link.secrets);
        const dataKeys = await demoKeys(rememberDemo(link));
        enter(demoAccount(account, link, dataKeys), dataKeys);
      },
      saveSecrets(part, held) {
        const saved = saving.current.then(async () => {
          const open = latest.current;
          if (!open || !keys) throw new VitalsError("session/locked", "the app is locked");
          const secrets = open.demo
            ? merged(open.secrets, part, held)
            : await accounts.saveSecrets(open.account.address, keys, part, held);
          if (open.demo) updateDemo(secrets as RoleLink["secrets"]);
          // locked meanwhile: kept, and not opened again
          if (latest.current !== open) return;
          latest.current = { ...open, secrets };
          setState({ status: "open", open: latest.current });
        });
        saving.current = saved.catch(() => undefined);
        return saved;
      },
    };
  }, [network, state, keys, lock, lockIdle, enter]);
  return <Context.Provider value={control}>{children}</Context.Provider>;
}

/** The shell's view of the session, open or not. Pages use `useSession`. */
export function useSessionControl(): Control {
  const control = useContext(Context);
  if (!control) throw new Error("useSessionControl outside of SessionProvider");
  return control;
}

/** The account that signs, from the wallet that holds it. */
export async function accountFor(network: Network, wallet: WalletKind, secrets: Secrets): Promise<Account> {
  return (await import("./signer")).signerOf(network, wallet, secrets);
}

/** Ends the session when its account is no longer the wallet's chosen one, and says so. Returns what stops it. */
function watchWallet(network: Network, { account, wallet, secrets }: OpenAccount, end: (error: unknown) => void) {
  let stopped = false;
  let stop = () => {};
  const check = async () => {
    try {
      checkAddress((await accountFor(network, wallet, secrets)).address, account.address);
    } catch (error) {
      if (!stopped) end(error);
    }
  };
  void import("./signer").then(({ onAccountChanged }) => {
    if (!stopped) stop = onAccountChanged(() => void check());
  });
  return () => {
    stopped = true;
    stop();
  };
}

function demoAccount(account: Account, link: RoleLink, keys: DataKeys): OpenAccount {
  const wanted = { role: link.role, ...(link.patient ? { patient: link.patient } : {}) };
  return { ...opened(account, "local", link.role, link.secrets, keys, true), wanted };
}

function opened(
  account: Account,
  wallet: WalletKind,
  label: string,
  secrets: Secrets,
  keys: DataKeys,
  demo = false,
): OpenAccount {
  const { address } = account;
  const kept = { cache: accountCache(address, keys, demo), notes: accountNotes(address, keys, demo) };
  return { account, wallet, label, secrets, demo, ...kept };
}

/** The wallet may hold several accounts: the one chosen there must be the one unlocked here. */
function checkAddress(given: string, wanted: string): void {
  if (given === wanted) return;
  throw new VitalsError("wallet/other_account", `the wallet has ${given} chosen, this is ${wanted}`);
}
