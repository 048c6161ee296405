/** Which claims are whose turn, the most urgent first. */
import type { ProductClaim } from "../data/queries";

const deadlineOf = ({ evidence }: ProductClaim): number =>
  "invoice" in evidence ? (evidence.invoice.deadline ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;

/** By deadline, then as they were filed. */
export function byUrgency(claims: readonly ProductClaim[]): ProductClaim[] {
  return [...claims].sort((a, b) => deadlineOf(a) - deadlineOf(b) || a.filed_at - b.filed_at);
}

/** The last decision of an invoice: what an appeal cannot go below. */
export function awarded({ evidence }: Pick<ProductClaim, "evidence">): string {
  if (!("invoice" in evidence)) return "0";
  return evidence.invoice.arbitrated?.award ?? evidence.invoice.assessed?.award ?? "0";
}
