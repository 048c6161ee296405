/** How a policy or claim stands, as a level; its word is in the catalogue. */
import type { ClaimState, PolicyState } from "@cw-vitals/client/claims";
import type { Level } from "../../../ui";

export const POLICY_STATES = [
  "offered",
  "offer_over",
  "bound",
  "active",
  "grace",
  "overdue",
  "run_off",
  "cancelled",
  "lapsed",
  "elapsed",
  "exhausted",
  "expired",
  "withdrawn",
] as const satisfies readonly PolicyState[];

export const CLAIM_STATES = [
  "filed",
  "assessed",
  "appealed",
  "overdue",
  "paid",
  "refused",
] as const satisfies readonly ClaimState[];

const POLICY_LEVEL: Record<PolicyState, Level> = {
  offered: "waiting",
  offer_over: "watch",
  withdrawn: "unknown",
  bound: "note",
  active: "good",
  grace: "watch",
  overdue: "warning",
  run_off: "note",
  cancelled: "unknown",
  lapsed: "unknown",
  elapsed: "watch",
  exhausted: "unknown",
  expired: "unknown",
};

const CLAIM_LEVEL: Record<ClaimState, Level> = {
  filed: "waiting",
  assessed: "note",
  appealed: "waiting",
  overdue: "warning",
  paid: "good",
  refused: "unknown",
};

export const levelOfPolicy = (state: PolicyState): Level => POLICY_LEVEL[state];
export const levelOfClaim = (state: ClaimState): Level => CLAIM_LEVEL[state];

/** What anybody may do once its time has come, by the state that the chain tells. */
export function anybodyMay(state: PolicyState, claimsOpen: number): "withdraw_offer" | "lapse" | "expire" | undefined {
  if (state === "offer_over") return "withdraw_offer";
  if (state === "overdue") return "lapse";
  return state === "elapsed" && claimsOpen === 0 ? "expire" : undefined;
}
