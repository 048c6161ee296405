import type { Account, ContractName, Followed, FollowState, Network, Vitals } from "@cw-vitals/client";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { type Head, type LiveSnapshot, type LiveState, LiveStore, type Standing } from "./live-store";
import { refreshed } from "./refresh";

export type { Head, LiveState, Standing } from "./live-store";

interface Live {
  /** Absent until the node answered. */
  vitals: Vitals | undefined;
  store: LiveStore;
  onEvent(listener: (event: Followed) => void): () => void;
}

const Context = createContext<Live | undefined>(undefined);

const RETRY_MS = 3_000;
/** How often the clock is looked at for a chain that stopped. */
const TICK_MS = 1_000;

export function LiveProvider(props: { network: Network; account: Account | undefined; children: ReactNode }) {
  const { network, account, children } = props;
  const queries = useQueryClient();
  const [vitals, setVitals] = useState<Vitals>();
  const [store] = useState(() => new LiveStore());
  const [listeners] = useState(() => new Set<(event: Followed) => void>());

  useEffect(() => connected(network, account, store, setVitals), [network, account, store]);
  useEffect(() => ticking(store), [store]);

  useEffect(() => {
    if (!vitals) return;
    const refresh = refreshed(queries);
    const stop = vitals.follow(
      {},
      (event) => {
        refresh.event(event);
        for (const listener of listeners) listener(event);
      },
      (state) => {
        if (state.state === "skipped") return refresh.everything();
        const wasAway = store.get().state === "away";
        store.set(liveState(state));
        // what failed meanwhile is asked again; events of the time away are told besides
        if (wasAway && state.state !== "away") refresh.everything();
      },
    );
    return () => {
      stop();
      refresh.stop();
    };
  }, [vitals, queries, store, listeners]);

  const value = useMemo<Live>(
    () => ({
      vitals,
      store,
      onEvent(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    [vitals, store, listeners],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** Also when the page is shown again: a browser lets the timers of a hidden one sleep. */
function ticking(store: LiveStore) {
  const tick = () => store.tick();
  const timer = setInterval(tick, TICK_MS);
  document.addEventListener("visibilitychange", tick);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", tick);
  };
}

/** Tries until the node answers; returns what stops it. */
function connected(
  network: Network,
  account: Account | undefined,
  store: LiveStore,
  done: (vitals: Vitals | undefined) => void,
) {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout>;
  const attempt = async () => {
    try {
      const client = await import("./connect");
      const vitals = await client.Vitals.connect(network, account);
      if (!stopped) done(vitals);
    } catch (error) {
      if (stopped) return;
      store.set({ state: "away", error });
      timer = setTimeout(attempt, RETRY_MS);
    }
  };
  void attempt();
  return () => {
    stopped = true;
    clearTimeout(timer);
    done(undefined);
  };
}

function liveState(state: Exclude<FollowState, { state: "skipped" }>): {
  state: LiveState;
  head?: Head;
  error?: unknown;
} {
  if (state.state === "away") return { state: "away", error: state.error };
  return { state: state.state, head: { height: state.height, timeMs: state.timeMs } };
}

function useLiveContext(): Live {
  const live = useContext(Context);
  if (!live) throw new Error("outside of LiveProvider");
  return live;
}

/** The client, or nothing while the node does not answer. Queries go through `useChain`, transactions through `useSend`. */
export function useVitals(): Vitals | undefined {
  return useLiveContext().vitals;
}

export function useLive(): LiveSnapshot {
  const { store } = useLiveContext();
  return useSyncExternalStore(store.subscribe, store.get);
}

/** Whether what is shown can be current, and why not: changes seldom, unlike the head. */
export function useStanding(): Standing {
  const { store } = useLiveContext();
  return useSyncExternalStore(store.subscribe, () => store.get().standing);
}

/** The connection alone, without rendering at each block. */
export function useLiveState(): LiveState {
  const { store } = useLiveContext();
  return useSyncExternalStore(store.subscribe, () => store.get().state);
}

/** Only whether what was asked of the node can be current. */
export function useConnected(): boolean {
  return useStanding() === "current";
}

/** The newest head, without rendering at each block; none where no chain is followed. */
export function useHead(): () => Head | undefined {
  const live = useContext(Context);
  return () => live?.store.get().head;
}

/** Calls for each event of the deployment; for what is more than asking anew, such as a toast. */
export function useEvents(listener: (event: Followed) => void): void {
  const { onEvent } = useLiveContext();
  useEffect(() => onEvent(listener), [onEvent, listener]);
}

export type { ContractName };
