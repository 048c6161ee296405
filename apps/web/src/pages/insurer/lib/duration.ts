/** Lengths of time: seconds on the chain, a count of a unit for people. */

export const UNITS = ["day", "hour", "minute", "second"] as const;
export type DurationUnit = (typeof UNITS)[number];

const LENGTH: Record<DurationUnit, number> = { day: 86_400, hour: 3_600, minute: 60, second: 1 };

export interface Duration {
  count: number;
  unit: DurationUnit;
}

/** In the largest unit that it is a whole number of. */
export function durationOf(seconds: number): Duration {
  const unit = UNITS.find((one) => seconds > 0 && seconds % LENGTH[one] === 0) ?? "second";
  return { count: seconds / LENGTH[unit], unit };
}

const MOST_S = 2 ** 32 - 1;

/** Seconds of a typed count, or nothing where it is none that the chain can hold. */
export function secondsOf(count: string, unit: DurationUnit): number | undefined {
  if (!/^\d{1,10}$/.test(count.trim())) return undefined;
  const seconds = Number(count) * LENGTH[unit];
  return seconds <= MOST_S ? seconds : undefined;
}
