import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { LiveProvider } from "../data/live";
import { useIdle } from "../session/idle";
import { RoleProvider } from "../session/RoleProvider";
import { useSessionControl } from "../session/Session";
import { Welcome } from "../session/Welcome";
import { Loading } from "../ui/Progress";
import { endCores } from "../worker/pool";
import { Layout } from "./Layout";
import { useSettings } from "./settings";

/** The welcome page, or the app of the unlocked account. */
export function Root() {
  const { network, state, lock } = useSessionControl();
  const { idleMinutes } = useSettings();
  const queries = useQueryClient();
  useIdle(idleMinutes, lock, state.status === "open");
  useEffect(() => {
    if (state.status !== "closed") return;
    // however it was locked: answers and readings in memory go, and the workers with the keys they hold
    queries.clear();
    endCores();
  }, [state.status, queries]);
  if (state.status === "opening") return <Loading />;
  if (state.status === "closed") return <Welcome />;
  return (
    <LiveProvider network={network} account={state.open.account}>
      <RoleProvider>
        <Layout />
      </RoleProvider>
    </LiveProvider>
  );
}
