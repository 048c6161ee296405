/** Local hours and days of a time zone, as the browser's own data has them. */

export const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;

export type Period = "hour" | "day";

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, made);
  return made;
}

/** How far the zone's clock is ahead of UTC at an instant, in ms. */
export function offsetAt(ms: number, timeZone: string): number {
  const whole = Math.floor(ms / 1000) * 1000;
  const parts = wallClock(timeZone).formatToParts(whole);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return local - whole;
}

/** The local date as a day number, so that two instants of one local day have the same. */
function localDay(ms: number, timeZone: string): number {
  return Math.floor((ms + offsetAt(ms, timeZone)) / (24 * HOUR_MS));
}

/** The first instant of the local day or hour that `ms` is in. */
export function startOf(ms: number, period: Period, timeZone: string): number {
  if (period === "hour") {
    const local = ms + offsetAt(ms, timeZone);
    return ms - (((local % HOUR_MS) + HOUR_MS) % HOUR_MS);
  }
  return firstInstantOf(localDay(ms, timeZone), timeZone);
}

/** Clocks change on whole quarters: the first quarter whose local date is the day wanted starts it. */
function firstInstantOf(day: number, timeZone: string): number {
  let at = day * 24 * HOUR_MS - 15 * HOUR_MS;
  while (localDay(at, timeZone) < day) at += HOUR_MS;
  while (localDay(at - QUARTER_MS, timeZone) >= day) at -= QUARTER_MS;
  return at;
}

function next(start: number, period: Period, timeZone: string): number {
  if (period === "day") return firstInstantOf(localDay(start, timeZone) + 1, timeZone);
  const end = startOf(start + HOUR_MS, "hour", timeZone);
  return end > start ? end : start + HOUR_MS;
}

/** Edges of all local hours or days that touch `[from, to)`: bucket i is `[edges[i], edges[i + 1])`. */
export function periodEdges(from: number, to: number, period: Period, timeZone: string): number[] {
  const edges = [startOf(from, period, timeZone)];
  while ((edges.at(-1) as number) < to) edges.push(next(edges.at(-1) as number, period, timeZone));
  return edges;
}

/** The zone the browser is set to. */
export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** Zones to choose from; the browser's own list. */
export function timeZones(): string[] {
  return Intl.supportedValuesOf("timeZone");
}
