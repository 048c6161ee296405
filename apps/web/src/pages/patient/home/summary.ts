/** One sentence about everything: good only where all was read, and all of it was judged. */
import type { Completeness } from "../../../data/completeness";
import type { PlanState } from "../medication/use-plan";
import { isCountedMeasure, measured, type Vital } from "./judge";

export type Overall =
  | { kind: "odd"; level: "watch" | "warning" | "danger"; odd: number; count: number; rest: Rest; partly: boolean }
  | { kind: "good"; count: number; rest: Rest }
  | { kind: "none" | "stale" | "old" | "unopened" | "opening" | "judging" | "unjudged" | "plan" | "unlimited" };

/** Vitals about which nothing is said. */
export interface Rest {
  /** Not measured in the last hour. */
  old: number;
  /** No limit is set for them. */
  unlimited: number;
}

interface Seen {
  vitals: readonly Vital[];
  /** Of the measures that say how somebody is. */
  complete: Completeness;
  /** What is shown is of earlier, for whatever reason. */
  stale: boolean;
  plan: PlanState;
}

/** Nothing where nothing can be said, and the page tells why. */
export function overallOf({ vitals, complete, stale, plan }: Seen): Overall | undefined {
  const known = measured(vitals).filter(({ measure }) => !isCountedMeasure(measure));
  if (complete === "stale") return { kind: "stale" };
  if (known.length === 0) return complete === "whole" ? { kind: "none" } : undefined;
  const unread = complete === "whole" ? undefined : complete === "opening" ? "opening" : "unopened";
  if (stale) return { kind: unread ?? "unopened" };
  const current = known.filter(({ condition }) => condition.word !== "old");
  if (current.length === 0) return { kind: unread ?? "old" };
  const count = (has: (vital: Vital) => boolean) => current.filter(has).length;
  const unlimited = count(({ condition }) => condition.word === "measured");
  const rest = { old: known.length - current.length, unlimited };
  const odd = count(isOdd);
  const open = unread ?? undecided(current, plan);
  if (odd > 0) {
    const level = (["danger", "warning", "watch"] as const).find((one) => count((vital) => levelOf(vital) === one) > 0);
    return { kind: "odd", level: level ?? "watch", odd, count: current.length, rest, partly: open !== undefined };
  }
  if (open) return { kind: open };
  const good = count((vital) => levelOf(vital) === "good");
  return good === 0 ? { kind: "unlimited" } : { kind: "good", count: good, rest };
}

const levelOf = ({ condition }: Vital) => condition.level;
const isOdd = (vital: Vital) => ["watch", "warning", "danger"].includes(levelOf(vital));

/** Why what was read is not yet known to be well. */
function undecided(
  current: readonly Vital[],
  plan: PlanState,
): "opening" | "judging" | "unjudged" | "plan" | undefined {
  const has = (word: Vital["condition"]["word"]) => current.some(({ condition }) => condition.word === word);
  if (has("newer")) return "opening";
  if (has("unjudged")) return "unjudged";
  if (has("judging") || plan === "loading") return "judging";
  return plan === "unopened" || plan === "failed" ? "plan" : undefined;
}

/** It is being worked out, which takes moments as a rule. */
export const isSettled = (of: Overall | undefined) => of?.kind !== "opening" && of?.kind !== "judging";
