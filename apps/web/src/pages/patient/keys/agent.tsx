import type { Vaults, Vitals } from "@cw-vitals/client";
import type { Identity } from "@cw-vitals/client/core";
import type { KeyAgent } from "@cw-vitals/client/keys";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useVitals } from "../../../data/live";
import { vaultsOf } from "../../../data/vaults";
import { type OpenSession, useSession } from "../../../session/useSession";
import { keyStore } from "./store";

/** The patient's keys, as far as this browser has them. */
export type AgentState =
  | { status: "opening" }
  /** This browser has no keys of the patient. */
  | { status: "missing" }
  | { status: "failed"; error: unknown }
  | { status: "ready"; agent: KeyAgent; identity: Identity; vaults: Vaults };

const Context = createContext<AgentState>({ status: "opening" });
const Reopen = createContext<() => void>(() => undefined);

/** Opens the keys once, and keeps the one agent that changes them. */
export function AgentProvider({ patient, children }: { patient: string; children: ReactNode }) {
  const session = useSession();
  const vitals = useVitals();
  const [state, setState] = useState<AgentState>({ status: "opening" });
  const latest = useRef(session);
  latest.current = session;
  const has = session.secrets.keyring !== undefined;
  // other keys were put in place of those that are open
  const [opening, setOpening] = useState(0);
  const reopen = useCallback(() => setOpening((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `opening` asks for it again
  useEffect(() => {
    if (!has) return setState({ status: "missing" });
    if (!vitals) return;
    let current = true;
    openAgent(vitals, patient, latest).then(
      (opened) => current && setState(opened),
      (error: unknown) => current && setState({ status: "failed", error }),
    );
    return () => {
      current = false;
    };
  }, [has, vitals, patient, opening]);
  return (
    <Reopen.Provider value={reopen}>
      <Context.Provider value={state}>{children}</Context.Provider>
    </Reopen.Provider>
  );
}

async function openAgent(vitals: Vitals, patient: string, session: { current: OpenSession }): Promise<AgentState> {
  const [{ loadCore, inCore }, { KeyAgent }, { keptKeyring, openKeyring }] = await Promise.all([
    import("@cw-vitals/client/core"),
    import("@cw-vitals/client/keys"),
    import("../../../session/keyring"),
  ]);
  await loadCore();
  const { secrets, network, account } = session.current;
  const keyring = openKeyring(secrets.keyring ?? "", secrets.identity);
  if (keyring.patient !== patient) return { status: "missing" };
  const saveSecrets: OpenSession["saveSecrets"] = (part, held) => session.current.saveSecrets(part, held);
  const store = keyStore({ secrets, saveSecrets }, keptKeyring);
  const vaults = vaultsOf({ network, account });
  const agent = new KeyAgent(vitals, vaults, keyring, store);
  return { status: "ready", agent, identity: inCore(() => keyring.identity()), vaults };
}

export function useAgentState(): AgentState {
  return useContext(Context);
}

/** Opens the keys anew, after others were restored. */
export const useReopen = () => useContext(Reopen);

/** The agent; absent while the keys are not open. */
export function useAgent(): KeyAgent | undefined {
  const state = useAgentState();
  return state.status === "ready" ? state.agent : undefined;
}

/** What opens what is sealed to the patient, and where it is fetched. */
export function useOpener(): { identity: Identity; vaults: Vaults } | undefined {
  const state = useAgentState();
  return useMemo(
    () => (state.status === "ready" ? { identity: state.identity, vaults: state.vaults } : undefined),
    [state],
  );
}
