/** What a product's terms come to, for words: nothing is decided here. */
import type * as claims from "@cw-vitals/client/claims";

/** What a policy costs: the first payment, how often it is asked for again, and how long it may then be late. */
export function premium(terms: claims.TermsMsg): { first: string; everyS?: number; graceS?: number } {
  if ("once" in terms.premium) return { first: terms.premium.once.amount };
  const { amount, every_s, grace_s } = terms.premium.instalments;
  return { first: amount, everyS: every_s, graceS: grace_s };
}

export type Benefit =
  | { kind: "fixed"; amount: string; most: 1 }
  | { kind: "per_event"; amount: string; most: number; separationS: number }
  | { kind: "per_day"; amount: string; most: number };

export function benefit(terms: claims.TermsMsg): Benefit {
  if ("fixed" in terms.benefit) return { kind: "fixed", amount: terms.benefit.fixed.amount, most: 1 };
  if ("per_event" in terms.benefit) {
    const { amount, max_claims, separation_s } = terms.benefit.per_event;
    return { kind: "per_event", amount, most: max_claims, separationS: separation_s };
  }
  const { amount, max_days } = terms.benefit.per_day;
  return { kind: "per_day", amount, most: max_days };
}

export type EvidenceKind = "disclosed" | "invoice" | "private";

export function evidenceKind(terms: claims.TermsMsg): EvidenceKind {
  if ("disclosed" in terms.evidence) return "disclosed";
  return "invoice" in terms.evidence ? "invoice" : "private";
}

const LIVE: readonly claims.PolicyState[] = ["bound", "active", "grace", "overdue", "run_off", "cancelled", "lapsed"];
/** Whether the patient's policy stands in the way of another one of the same product. */
export function isLive(policy: Pick<claims.PolicyInfo, "state">): boolean {
  return LIVE.includes(policy.state);
}

/** Seconds from and until before, as the contract has the time of care. */
export interface Served {
  from: number;
  until: number;
}

/**
 * The part of some days of care that a policy can pay for: under its cover, and over by now. None where there is no
 * second of it.
 */
export function servedWithin(
  days: { startMs: number; endMs: number },
  { covered_from, covered_until }: Pick<claims.PolicyInfo, "covered_from" | "covered_until">,
  nowMs: number,
): Served | undefined {
  const from = Math.max(Math.floor(days.startMs / 1000), covered_from);
  const until = Math.min(Math.floor(days.endMs / 1000), covered_until, Math.floor(nowMs / 1000));
  return from < until ? { from, until } : undefined;
}

type Times = Pick<claims.PolicyInfo, "covered_from" | "covered_until" | "file_until" | "next_due" | "offered_until"> & {
  /** How late an instalment may be. */
  graceS?: number | undefined;
};

/** When the state of one of these changes next by time alone, in ms. */
export function nextTurn(policies: readonly Times[], nowMs: number): number | undefined {
  const times = policies.flatMap((one) => [
    one.covered_from,
    one.covered_until,
    one.file_until,
    one.next_due ?? 0,
    (one.next_due ?? 0) + (one.graceS ?? 0),
    one.offered_until ?? 0,
  ]);
  return nextOf(times, nowMs);
}

/** The first of some times, in seconds, that a page shown now has still to see; in ms. */
export function nextOf(times: readonly number[], nowMs: number): number | undefined {
  // what turned within the last seconds may not be in a block yet
  const ahead = times.map((second) => second * 1000).filter((ms) => ms > nowMs - 10_000);
  return ahead.length > 0 ? Math.min(...ahead) : undefined;
}
