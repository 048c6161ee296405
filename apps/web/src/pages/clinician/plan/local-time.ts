/** What `<input type="datetime-local">` holds, in the zone the person chose rather than the browser's. */
import { offsetAt } from "../../../data/time-zone";

const TEXT = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/;

/** `2026-03-01T08:00`. */
export function toLocalInput(ms: number, timeZone: string): string {
  return new Date(ms + offsetAt(ms, timeZone)).toISOString().slice(0, 16);
}

/** `2026-03-01`. */
export function toDateInput(ms: number, timeZone: string): string {
  return toLocalInput(ms, timeZone).slice(0, 10);
}

/** The instant; `undefined` where the text is no time. In the hour that a clock skips, the hour after it. */
export function fromLocalInput(text: string, timeZone: string): number | undefined {
  const found = TEXT.exec(text);
  if (!found) return undefined;
  const [year, month, day, hour, minute] = found.slice(1).map((part) => Number(part ?? 0));
  const wall = Date.UTC(year as number, (month as number) - 1, day, hour, minute);
  if (Number.isNaN(wall)) return undefined;
  const guess = wall - offsetAt(wall, timeZone);
  return wall - offsetAt(guess, timeZone);
}
