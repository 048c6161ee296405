import type { Prepared } from "@cw-vitals/client/evidence";
import { useCallback, useRef, useState } from "react";
import { useVitals } from "../../../data/live";
import { useAgentState } from "../keys/agent";

export type Search =
  | { state: "idle" }
  | { state: "searching"; done: number; total: number }
  | { state: "found"; prepared: Prepared }
  | { state: "failed"; error: unknown };

/** Looks for the readings that a policy asks for. Nothing is sent, and nothing leaves the browser. */
export function useClaimSearch(policy: string, kind: "claim" | "reward") {
  const vitals = useVitals();
  const keys = useAgentState();
  const [search, setSearch] = useState<Search>({ state: "idle" });
  const running = useRef<AbortController>(undefined);

  const begin = useCallback(async () => {
    if (!vitals || keys.status !== "ready") return;
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setSearch({ state: "searching", done: 0, total: 0 });
    try {
      const [{ prepareClaim, prepareReward }, { Reader }] = await Promise.all([
        import("@cw-vitals/client/evidence"),
        import("@cw-vitals/client/readings"),
      ]);
      const reader = new Reader(vitals, keys.vaults, keys.agent.keyring);
      const prepare = kind === "claim" ? prepareClaim : prepareReward;
      const prepared = await prepare(
        vitals,
        reader,
        { policy, ground: { patient: {} } },
        {
          signal: controller.signal,
          onProgress: ({ done, of }) => setSearch({ state: "searching", done, total: of }),
        },
      );
      if (!controller.signal.aborted) setSearch({ state: "found", prepared });
    } catch (error) {
      if (!controller.signal.aborted) setSearch({ state: "failed", error });
    }
  }, [vitals, keys, policy, kind]);

  const cancel = useCallback(() => {
    running.current?.abort();
    setSearch({ state: "idle" });
  }, []);
  return { search, begin: () => void begin(), cancel };
}
