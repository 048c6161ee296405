/** Rule numbers are public once an alert is: they are drawn at random, so that they say nothing of what is watched. */
import type { PlanDraft, ThresholdDraft } from "./draft";

/** Of the analysis library: the personal rules take so many, and from `RESERVED` on they are a gateway's own. */
export const PERSONAL_RULES = 40;
export const RESERVED = 60_001;

export interface Drawn {
  firstRule: number;
  ofThreshold(draft: ThresholdDraft): number;
}

/** A whole number from 0 to below `end`. */
export type Draw = (end: number) => number;

export const drawSecurely: Draw = (end) => {
  const [value] = crypto.getRandomValues(new Uint32Array(1));
  return (value as number) % end;
};

/** Numbers for all rules of a draft: those it had stay, so that a rule that fires again adds to its own alert. */
export function drawRules(draft: PlanDraft, draw: Draw = drawSecurely): Drawn {
  const kept = new Set(draft.thresholds.flatMap(({ rule }) => (rule === undefined ? [] : [rule])));
  const firstRule = draft.personal.firstRule ?? drawBlock(kept, draw);
  const inBlock = (rule: number) => rule >= firstRule && rule < firstRule + PERSONAL_RULES;
  const numbers = new Map<string, number>();
  const taken = new Set<number>();
  for (const threshold of draft.thresholds) {
    const free = (rule: number) => !taken.has(rule) && !inBlock(rule) && (rule === threshold.rule || !kept.has(rule));
    let rule = threshold.rule;
    while (rule === undefined || !free(rule)) rule = 1 + draw(RESERVED - 1);
    taken.add(rule);
    numbers.set(threshold.id, rule);
  }
  return { firstRule, ofThreshold: ({ id }) => numbers.get(id) as number };
}

function drawBlock(kept: ReadonlySet<number>, draw: Draw): number {
  for (;;) {
    const first = 1 + draw(RESERVED - PERSONAL_RULES);
    const free = ![...kept].some((rule) => rule >= first && rule < first + PERSONAL_RULES);
    if (free) return first;
  }
}
