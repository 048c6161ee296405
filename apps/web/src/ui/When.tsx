import { useIntl } from "react-intl";
import { useClockEach } from "../data/clock";

/** A point in time in the person's zone: `<When ms={…} />`. */
export function When({ ms, dateOnly }: { ms: number; dateOnly?: boolean }) {
  const intl = useIntl();
  const text = intl.formatDate(ms, dateOnly ? { dateStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" });
  return <time dateTime={new Date(ms).toISOString()}>{text}</time>;
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

/** The largest unit of which there is a whole one. */
export function relative(difference: number): [number, Intl.RelativeTimeFormatUnit] {
  const [unit, length] = STEPS.find(([, ms]) => Math.abs(difference) >= ms) ?? (["second", 1000] as const);
  return [Math.trunc(difference / length), unit];
}

/** "3 minutes ago", "in 2 days"; the exact time is its tip. */
export function Ago({ ms }: { ms: number }) {
  const intl = useIntl();
  const now = useClockEach(1000);
  const [count, unit] = relative(ms - now);
  const exact = intl.formatDate(ms, { dateStyle: "medium", timeStyle: "medium" });
  return (
    <time dateTime={new Date(ms).toISOString()} title={exact}>
      {intl.formatRelativeTime(count, unit, { numeric: "auto" })}
    </time>
  );
}
