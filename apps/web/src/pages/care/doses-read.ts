/** How far back doses are read, and what is said of them. */
import { HOUR_MS } from "../../data/time-zone";
import type { Finding } from "../../worker/care";
import type { Plan } from "./plan";

/** The rule looks at a week, with a day before it for doses that were taken early (packages/analysis, person/doses.rs). */
export const DOSES_HOURS = 8 * 24;

/** Whether what is read from a time on holds every dose that the rule asks for. */
export function reachesDoses(plan: Plan | undefined, { from, to }: { from: number; to: number }): boolean {
  const first = Math.min(...(plan?.medication ?? []).map((one) => one.first_at_ms - one.early_ms));
  return from <= Math.max(to - DOSES_HOURS * HOUR_MS, first);
}

/** A dose that was not read is none that was missed: without all of them nothing is found about doses. */
export function withoutUnreadDoses(findings: readonly Finding[], dosesRead: boolean): Finding[] {
  return findings.filter(({ kind }) => dosesRead || kind !== "adherence");
}
