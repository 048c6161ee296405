/** What the silence of whoever had to act about a bill means, once its deadline is over: packages/core/src/insurance/invoice.rs. */
import type { InvoiceInfo, InvoiceTermsMsg } from "@cw-vitals/client/claims";

export type Meaning =
  /** Nobody assessed it: paid in full. */
  | "approved"
  /** Nobody assessed it: the arbiter's turn. */
  | "to_arbiter"
  /** Nobody appealed: the award stands, and the deposit goes back. */
  | "award_stands"
  /** Nobody appealed against nothing: the deposit is kept. */
  | "refusal_stands"
  /** The arbiter did not decide: the assessor's award stands, and the deposit goes back. */
  | "arbiter_award"
  /** Neither decided: paid in full. */
  | "arbiter_approved";

/** What happens when the claim is settled, and what is then paid in all. */
export function silenceMeans(
  { claimed, assessed, appealed }: Pick<InvoiceInfo, "claimed" | "assessed" | "appealed">,
  { silence }: Pick<InvoiceTermsMsg, "silence">,
): { meaning: Meaning; amount: string } {
  const award = assessed?.award;
  if (appealed)
    return { meaning: award === undefined ? "arbiter_approved" : "arbiter_award", amount: award ?? claimed };
  if (award !== undefined) return { meaning: BigInt(award) === 0n ? "refusal_stands" : "award_stands", amount: award };
  return silence === "approves" ? { meaning: "approved", amount: claimed } : { meaning: "to_arbiter", amount: "0" };
}
