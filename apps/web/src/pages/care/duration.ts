import { useIntl } from "react-intl";

const STEPS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

export type Part = [count: number, unit: (typeof STEPS)[number][0]];

/** The two largest units of a length of time, the smaller one left out where there is none of it. */
export function parts(seconds: number): Part[] {
  const whole = Math.max(0, Math.round(seconds));
  const first = STEPS.findIndex(([, length]) => whole >= length);
  if (first < 0) return [[0, "second"]];
  let rest = whole;
  return STEPS.slice(first, first + 2).flatMap(([unit, length], place) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return count > 0 || place === 0 ? [[count, unit] as Part] : [];
  });
}

/** "2 hours, 5 minutes" in the person's language. */
export function useDuration(): (seconds: number) => string {
  const intl = useIntl();
  return (seconds) => {
    const written = parts(seconds).map(([count, unit]) =>
      intl.formatNumber(count, { style: "unit", unit, unitDisplay: "long" }),
    );
    return intl.formatList(written, { type: "unit" });
  };
}
