/** Movements of money by the names that events and statements have. */
export const KINDS = [
  "deposit",
  "withdrawal",
  "premium",
  "offered_premium",
  "accepted_premium",
  "offer_refund",
  "lock",
  "release",
  "benefit",
  "rebate",
  "premium_refund",
  "claim_deposit",
  "deposit_returned",
  "deposit_forfeited",
  "deposit_to_arbiter",
  "bond_to_arbiter",
  "unclaimed",
] as const;
export type MoveKind = (typeof KINDS)[number];
