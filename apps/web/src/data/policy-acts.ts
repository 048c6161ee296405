import type { PolicyInfo, PolicyState } from "@cw-vitals/client/claims";

/** In which states the contract takes what of a policy: contracts/claims/README.md, "States". */
const CAN: Record<"claim" | "pay" | "cancel" | "accept" | "expire", readonly PolicyState[]> = {
  claim: ["active", "overdue", "run_off", "cancelled", "lapsed"],
  pay: ["bound", "active", "grace"],
  cancel: ["bound", "active", "grace"],
  accept: ["offered"],
  expire: ["elapsed"],
};

export type PolicyAct = keyof typeof CAN;

/** Whether the contract takes this of a policy in this state, for showing a button; the contract decides. */
export function can(act: PolicyAct, policy: Pick<PolicyInfo, "state" | "next_due" | "claims_open">): boolean {
  if (act === "pay" && policy.next_due == null) return false;
  return CAN[act].includes(policy.state) && (act !== "expire" || policy.claims_open === 0);
}

/** The same for whoever else than the patient holds the policy. */
export const isCancellable = (state: PolicyState): boolean => CAN.cancel.includes(state);
