import { useCallback, useState } from "react";
import { asksOnce } from "../../../data/prompts";
import { useSession } from "../../../session/useSession";
import { usePlans } from "../../care/PlanHistory";
import type { Plan } from "../../care/plan";
import { usePlan } from "../../care/usePlan";

/** `unopened`: a wallet would ask for a signature, so it waits until it is wanted. */
export type PlanState = "loading" | "none" | "unopened" | "failed" | "open";

export interface PlanInForce {
  state: PlanState;
  /** Where it is open. */
  data: Plan | undefined;
  /** Why it is not known, or not open. */
  error: unknown;
  /** Opens it where that waits, or tries again where it failed. */
  open(): void;
}

/** The care plan in force, decrypted. */
export function usePlanInForce(patient: string): PlanInForce {
  const session = useSession();
  const [wanted, setWanted] = useState(false);
  const plans = usePlans(patient);
  const info = plans.data?.current.plan ?? undefined;
  const asked = wanted || asksOnce(session);
  const opened = usePlan(patient, info, "patient", asked);
  const { refetch } = opened;
  const { refetch: listAgain, error: unlisted } = plans;
  const failed = opened.isError;
  const open = useCallback(() => {
    setWanted(true);
    if (unlisted !== undefined) listAgain();
    if (failed) void refetch();
  }, [unlisted, listAgain, failed, refetch]);
  const state = stateOf({
    listed: plans.data !== undefined,
    unlisted: plans.error !== undefined,
    inForce: info !== undefined,
    asked,
    failed,
    open: opened.data !== undefined,
  });
  return {
    state,
    data: state === "open" ? opened.data : undefined,
    error: plans.error ?? opened.error ?? undefined,
    open,
  };
}

interface Known {
  listed: boolean;
  unlisted: boolean;
  inForce: boolean;
  asked: boolean;
  failed: boolean;
  open: boolean;
}

/** That there is no plan is said only once the chain said so. */
export function stateOf({ listed, unlisted, inForce, asked, failed, open }: Known): PlanState {
  if (unlisted) return "failed";
  if (!listed) return "loading";
  if (!inForce) return "none";
  if (open) return "open";
  if (failed) return "failed";
  return asked ? "loading" : "unopened";
}
