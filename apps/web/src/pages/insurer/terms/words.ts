/** Parts of terms for sentences; nothing is decided here. */
import type { BenefitMsg, PremiumMsg, TermsMsg } from "@cw-vitals/client/claims";

export interface Benefit {
  kind: "fixed" | "per_event" | "per_day";
  amount: string;
  most: number;
  separationS: number;
}

export function benefitOf(benefit: BenefitMsg): Benefit {
  if ("fixed" in benefit) return { kind: "fixed", amount: benefit.fixed.amount, most: 1, separationS: 0 };
  if ("per_day" in benefit)
    return { kind: "per_day", amount: benefit.per_day.amount, most: benefit.per_day.max_days, separationS: 0 };
  const { amount, max_claims, separation_s } = benefit.per_event;
  return { kind: "per_event", amount, most: max_claims, separationS: separation_s };
}

export interface Premium {
  amount: string;
  everyS?: number;
  graceS?: number;
}

export function premiumOf(premium: PremiumMsg): Premium {
  if ("once" in premium) return { amount: premium.once.amount };
  const { amount, every_s, grace_s } = premium.instalments;
  return { amount, everyS: every_s, graceS: grace_s };
}

export const evidenceOf = ({ evidence }: TermsMsg): "disclosed" | "invoice" | "private" =>
  "disclosed" in evidence ? "disclosed" : "invoice" in evidence ? "invoice" : "private";
