import type { Account, ContractName, Followed, FollowState, Network, Vitals } from "@cw-vitals/client";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { refreshed } from "./refresh";

export interface Head {
  height: number;
  timeMs: number;
}

/** How the connection to the node is. Only while it is `live` or `polling` is what is shown current. */
export type LiveState = "connecting" | "live" | "polling" | "away";

/** A chain whose newest block is older than this has halted, as far as what is shown goes. */
export const HALTED_MS = 30_000;

/** What changes with each block; kept out of React's state so that a block renders nothing but what shows it. */
export class LiveStore {
  private snapshot: { state: LiveState; head?: Head; error?: unknown } = { state: "connecting" };
  private readonly listeners = new Set<() => void>();

  get = () => this.snapshot;

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(change: { state: LiveState; head?: Head; error?: unknown }): void {
    const head = change.head ?? this.snapshot.head;
    this.snapshot = { ...change, ...(head ? { head } : {}) };
    for (const listener of this.listeners) listener();
  }
}

interface Live {
  /** Absent until the node answered. */
  vitals: Vitals | undefined;
  store: LiveStore;
  onEvent(listener: (event: Followed) => void): () => void;
}

const Context = createContext<Live | undefined>(undefined);

const RETRY_MS = 3_000;

export function LiveProvider(props: { network: Network; account: Account | undefined; children: ReactNode }) {
  const { network, account, children } = props;
  const queries = useQueryClient();
  const [vitals, setVitals] = useState<Vitals>();
  const [store] = useState(() => new LiveStore());
  const [listeners] = useState(() => new Set<(event: Followed) => void>());

  useEffect(() => connected(network, account, store, setVitals), [network, account, store]);

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

export function useLive(): { state: LiveState; head?: Head; error?: unknown } {
  const { store } = useLiveContext();
  return useSyncExternalStore(store.subscribe, store.get);
}

/** Only whether what was asked of the node can be current: changes seldom, unlike the head. */
export function useConnected(): boolean {
  const { store } = useLiveContext();
  return useSyncExternalStore(store.subscribe, () => isConnected(store.get().state));
}

export const isConnected = (state: LiveState) => state === "live" || state === "polling";

/** The newest head, without rendering at each block. */
export function useHead(): () => Head | undefined {
  const { store } = useLiveContext();
  return () => store.get().head;
}

/** Calls for each event of the deployment; for what is more than asking anew, such as a toast. */
export function useEvents(listener: (event: Followed) => void): void {
  const { onEvent } = useLiveContext();
  useEffect(() => onEvent(listener), [onEvent, listener]);
}

export type { ContractName };
