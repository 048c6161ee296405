/** Dates as forms have them, and the hours ("epochs") and seconds that contracts count in. */
import { HOUR_MS, offsetAt, startOf } from "../../../data/time-zone";

export const DAY_MS = 24 * HOUR_MS;

export interface Hours {
  from: number;
  to: number;
}

/** The epoch that a time is in. */
export function hourOf(ms: number): number {
  return Math.floor(ms / HOUR_MS);
}

/** From the first instant of an epoch, in ms. */
export function msOfHour(hour: number): number {
  return hour * HOUR_MS;
}

export function secondsOf(ms: number): number {
  return Math.floor(ms / 1000);
}

/** `2026-03-29`, the local date of an instant, as `<input type="date">` has it. */
export function dateText(ms: number, timeZone: string): string {
  return new Date(ms + offsetAt(ms, timeZone)).toISOString().slice(0, 10);
}

/** The first instant of a local date; `undefined` where the text is no date. */
export function dateStart(text: string, timeZone: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const noon = Date.parse(`${text}T12:00:00Z`);
  if (Number.isNaN(noon) || new Date(noon).toISOString().slice(0, 10) !== text) return undefined;
  // noon of that date in the zone is within 14 hours of noon in UTC
  return startOf(noon - offsetAt(noon, timeZone), "day", timeZone);
}

/** The first instant after a local date. */
export function dateEnd(text: string, timeZone: string): number | undefined {
  const start = dateStart(text, timeZone);
  return start === undefined ? undefined : startOf(start + DAY_MS + 2 * HOUR_MS, "day", timeZone);
}

/** An instant from a local date and time of day as forms have them; `undefined` where they are none. */
export function localInstant(date: string, time: string, timeZone: string): number | undefined {
  if (dateStart(date, timeZone) === undefined || !/^\d{2}:\d{2}$/.test(time)) return undefined;
  const utc = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(utc)) return undefined;
  return utc - offsetAt(utc - offsetAt(utc, timeZone), timeZone);
}

/** `14:05`, the local time of an instant, as `<input type="time">` has it. */
export function timeText(ms: number, timeZone: string): string {
  return new Date(ms + offsetAt(ms, timeZone)).toISOString().slice(11, 16);
}
