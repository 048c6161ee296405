import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { LiveProvider } from "../data/live";
import { vaultFaults } from "../data/vault-faults";
import { useIdle } from "../session/idle";
import { RoleProvider } from "../session/RoleProvider";
import { useSessionControl } from "../session/Session";
import { Welcome } from "../session/Welcome";
import { Loading } from "../ui/Progress";
import { endCores } from "../worker/pool";
import { IdleWarning } from "./IdleWarning";
import { Layout } from "./Layout";
import { useSettings } from "./settings";

/** The welcome page, or the app of the unlocked account. */
export function Root() {
  const { network, state, lock, lockIdle } = useSessionControl();
  const { idleMinutes } = useSettings();
  const queries = useQueryClient();
  useEffect(() => {
    if (state.status !== "closed") return;
    // however it was locked: answers and readings in memory go, and the workers with the keys they hold
    queries.clear();
    endCores();
  }, [state.status, queries]);
  const account = state.status === "open" ? state.open.account : undefined;
  const { warned, stay } = useIdle(idleMinutes, lockIdle, account?.address);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what one session saw of the vaults ends with it
  useEffect(() => vaultFaults.clear, [account]);
  if (state.status === "opening") return <Loading />;
  if (state.status === "closed") return <Welcome />;
  return (
    <LiveProvider network={network} account={state.open.account}>
      <RoleProvider>
        <Layout />
        {warned && <IdleWarning onStay={stay} onLock={lock} />}
      </RoleProvider>
    </LiveProvider>
  );
}
