/** What a care plan's monitor says of readings: NEWS2 by the hour, findings, adherence. Computed by the core. */
import type { Adherence, Consciousness, Finding, News2, Spo2Scale } from "@cw-vitals/client/core";
import { adherence, checkPlan, inCore, loadCore, Monitor, Round } from "@cw-vitals/client/core";

export type { Adherence, Consciousness, Finding, News2, News2Parameter, Spo2Scale } from "@cw-vitals/client/core";

/** Readings of all measures, in whatever order: they are put in order of time here. */
export interface Columns {
  measures: Uint16Array;
  /** In each measure's unit. */
  values: Float64Array;
  times: Float64Array;
  flags: Uint8Array;
}

/** What somebody saw: no device measures it. */
export interface Observed {
  oxygen?: { given: boolean; atMs: number };
  consciousness?: { state: Consciousness; atMs: number };
}

export interface AssessAsked {
  readings: Columns;
  /** The care plan in force; without one there are no findings, and NEWS2 alone. */
  plan?: object;
  observed: Observed;
  scale: Spo2Scale;
  nowMs: number;
  /** NEWS2 is scored at these times before now too; ascending. */
  earlierMs: readonly number[];
}

export interface Scored {
  atMs: number;
  news2: News2;
}

export interface Assessment {
  now: News2;
  earlier: Scored[];
  findings: Finding[];
  /** Readings that went in. */
  readings: number;
}

export interface AdherenceAsked {
  plan: object;
  dosesMs: Float64Array;
  fromMs: number;
  toMs: number;
  nowMs: number;
}

export interface CareQuestions {
  assess: { asked: AssessAsked; answer: Assessment };
  adherence: { asked: AdherenceAsked; answer: Adherence };
  /** Fails with the code and the rule where the plan cannot be. */
  checkPlan: { asked: { plan: object }; answer: null };
}

const HOUR_MS = 3_600_000;

export const careAnswers = {
  async assess(asked: AssessAsked): Promise<Assessment> {
    await loadCore();
    return inCore(() => assess(asked));
  },
  async adherence({ plan, dosesMs, fromMs, toMs, nowMs }: AdherenceAsked): Promise<Adherence> {
    await loadCore();
    return inCore(() => adherence(plan, dosesMs, fromMs, toMs, nowMs));
  },
  async checkPlan({ plan }: { plan: object }): Promise<null> {
    await loadCore();
    inCore(() => checkPlan(plan));
    return null;
  },
};

function assess({ readings, plan, observed, scale, nowMs, earlierMs }: AssessAsked): Assessment {
  const order = inTime(readings.times);
  const { now, earlier } = score(readings, order, { observed, scale, nowMs, earlierMs });
  const findings = plan ? watch(readings, order, plan, observed, nowMs) : [];
  return { now, earlier, findings, readings: order.length };
}

/** Places of the readings in order of time, as the core takes them. */
function inTime(times: Float64Array): Uint32Array {
  const order = Uint32Array.from(times, (_, place) => place);
  const sorted = times.every((at, place) => place === 0 || (times[place - 1] as number) <= at);
  return sorted ? order : order.sort((a, b) => (times[a] as number) - (times[b] as number));
}

type Asked = Pick<AssessAsked, "observed" | "scale" | "nowMs" | "earlierMs">;

/** The score now, and as it stood at each earlier time, by what had been observed until then. */
function score(readings: Columns, order: Uint32Array, { observed, scale, nowMs, earlierMs }: Asked) {
  const round = new Round();
  try {
    const earlier: Scored[] = [];
    let place = 0;
    const takeUntil = (end: number, asOf = end) => {
      for (; place < order.length; place++) {
        const at = order[place] as number;
        if ((readings.times[at] as number) > end) return;
        round.take(
          readings.measures[at] as number,
          readings.values[at] as number,
          readings.times[at] as number,
          readings.flags[at] as number,
          asOf,
        );
      }
    };
    for (const atMs of earlierMs) {
      takeUntil(atMs);
      see(round, observed, atMs);
      earlier.push({ atMs, news2: round.score(scale, atMs, HOUR_MS) });
    }
    // the core refuses what is too far ahead of now
    takeUntil(Number.POSITIVE_INFINITY, nowMs);
    see(round, observed, nowMs);
    return { now: round.score(scale, nowMs, HOUR_MS), earlier };
  } finally {
    round.free();
  }
}

function see(round: Round, { oxygen, consciousness }: Observed, atMs: number): void {
  if (oxygen && oxygen.atMs <= atMs) round.takeOxygen(oxygen.given, oxygen.atMs, atMs);
  if (consciousness && consciousness.atMs <= atMs)
    round.takeConsciousness(consciousness.state, consciousness.atMs, atMs);
}

/** What the plan's monitor finds, newest first. */
function watch(readings: Columns, order: Uint32Array, plan: object, observed: Observed, nowMs: number): Finding[] {
  const monitor = Monitor.ofPlan(plan);
  try {
    const found: Finding[] = [];
    for (const at of order) {
      const { measures, values, times, flags } = readings;
      found.push(
        ...monitor.take(measures[at] as number, values[at] as number, times[at] as number, flags[at] as number),
      );
    }
    if (observed.oxygen) monitor.observeOxygen(observed.oxygen.given, observed.oxygen.atMs);
    if (observed.consciousness) monitor.observeConsciousness(observed.consciousness.state, observed.consciousness.atMs);
    found.push(...monitor.tick(nowMs));
    return found.reverse();
  } finally {
    monitor.free();
  }
}
