/** Which of one's grants to read a category by, and what part of a time it reaches. */
import type { GroundRef } from "@cw-vitals/client";
import type { GrantInfo } from "@cw-vitals/client/consent";
import { CATEGORIES, type Category } from "../../../data/measures";
import { HOUR_MS, holding } from "../../care/access";

export interface Span {
  /** Unix time, ms, `[from, to)`. */
  from: number;
  to: number;
}

export interface CategoryRead {
  ground: GroundRef;
  /** The part of the time asked for that the grant's window reaches. */
  window: Span;
}

export type Reads = Partial<Record<Category, CategoryRead>>;

/**
 * For each category the grant that holds now, lets read for treatment and reaches most of the time; of equals the
 * newest, which has the newest keys. The contract and the vaults decide on each read themselves.
 */
export function readsBy(grants: readonly GrantInfo[], nowS: number, asked: Span): Reads {
  const usable = grants.filter((grant) => opensNow(grant, nowS) && grant.package);
  const reads: Reads = {};
  for (const category of CATEGORIES) {
    const best = usable
      .filter((grant) => grant.categories.includes(category))
      .map((grant) => ({ grant, window: common(asked, grant) }))
      .filter(({ window }) => window.from < window.to)
      .sort((a, b) => length(b.window) - length(a.window) || Number(b.grant.grant) - Number(a.grant.grant))[0];
    if (best) reads[category] = { ground: { grant: { id: Number(best.grant.grant) } }, window: best.window };
  }
  return reads;
}

/** Categories that a grant opens now, whatever time it reaches. */
export function readable(grants: readonly GrantInfo[], nowS: number): ReadonlySet<Category> {
  return new Set(grants.filter((grant) => opensNow(grant, nowS)).flatMap(({ categories }) => categories));
}

/** Holds now and lets read for treatment, whether its keys are there or not. */
export const opensNow = (grant: GrantInfo, nowS: number) =>
  holding(grant, nowS) === "live" && grant.actions.includes("read") && grant.purposes.includes("TREAT");

/** An emergency reaches all categories within its window. */
export function readsInEmergency(emergency: string, window: { from: number; to: number }, asked: Span): Reads {
  const reached = common(asked, { window });
  if (reached.from >= reached.to) return {};
  const ground: GroundRef = { emergency: { id: Number(emergency) } };
  return Object.fromEntries(CATEGORIES.map((category) => [category, { ground, window: reached }]));
}

function common({ from, to }: Span, { window }: Pick<GrantInfo, "window">): Span {
  return { from: Math.max(from, window.from * HOUR_MS), to: Math.min(to, window.to * HOUR_MS) };
}

const length = ({ from, to }: Span) => to - from;

/** The hours up to the end of this one: the same for an hour, so that what was read is not asked for anew. */
export function lastHours(hours: number, nowMs: number): Span {
  const to = (Math.floor(nowMs / HOUR_MS) + 1) * HOUR_MS;
  return { from: to - hours * HOUR_MS, to };
}
