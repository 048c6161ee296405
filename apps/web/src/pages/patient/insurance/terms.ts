/** What a product's terms come to, for words: nothing is decided here. */
import type * as claims from "@cw-vitals/client/claims";

/** What a policy costs: the first payment, and how often it is asked for again. */
export function premium(terms: claims.TermsMsg): { first: string; everyS?: number } {
  if ("once" in terms.premium) return { first: terms.premium.once.amount };
  const { amount, every_s } = terms.premium.instalments;
  return { first: amount, everyS: every_s };
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

/** The denomination as amounts are shown in; of a token its contract. */
export function denomText(denom: claims.DenomMsg): string {
  return "native" in denom ? denom.native : denom.cw20;
}

/** Only coins of the chain are sent along with a message; tokens go through their own contract. */
export function nativeDenom(denom: claims.DenomMsg): string | undefined {
  return "native" in denom ? denom.native : undefined;
}

const LIVE: readonly claims.PolicyState[] = [
  "bound",
  "active",
  "grace",
  "overdue",
  "run_off",
  "cancelled",
  "lapsed",
  "elapsed",
];
/** Whether the patient's policy stands in the way of another one of the same product. */
export function isLive(policy: Pick<claims.PolicyInfo, "state">): boolean {
  return LIVE.includes(policy.state);
}

/** What must be sent in the denomination's smallest unit, from what a person typed in whole ones; `undefined` where it is no amount. */
export function typedAmount(typed: string, denom: string): string | undefined {
  const text = typed.trim().replace(",", ".");
  if (!/^u[a-z][a-z0-9]+$/.test(denom)) return /^[1-9]\d{0,30}$/.test(text) ? text : undefined;
  const found = /^(\d{1,20})(?:\.(\d{1,6}))?$/.exec(text);
  if (!found) return undefined;
  const amount = BigInt(found[1] as string) * 1_000_000n + BigInt((found[2] ?? "").padEnd(6, "0"));
  return amount > 0n ? String(amount) : undefined;
}

type Times = Pick<claims.PolicyInfo, "covered_from" | "covered_until" | "file_until" | "next_due" | "offered_until">;

/** When the state of one of these changes next by time alone, in ms. */
export function nextTurn(policies: readonly Times[], nowMs: number): number | undefined {
  const times = policies.flatMap((one) => [
    one.covered_from,
    one.covered_until,
    one.file_until,
    one.next_due ?? 0,
    one.offered_until ?? 0,
  ]);
  // what turned within the last seconds may not be in a block yet
  const ahead = times.map((second) => second * 1000).filter((ms) => ms > nowMs - 10_000);
  return ahead.length > 0 ? Math.min(...ahead) : undefined;
}
