import { useMemo } from "react";
import { useIntl } from "react-intl";
import { useClockEach } from "../../data/clock";
import { completenessOf } from "../../data/completeness";
import { gapsWithin, mergeGaps } from "../../data/gaps";
import { unopenedGaps } from "../../data/gather";
import { useHeld } from "../../data/held";
import type { MeasureSeries } from "../../data/readings";
import { useT } from "../../i18n";
import type { Window } from "./model";
import type { ChartProps } from "./types";

/** How much of the window nothing is shown of, in a sentence; said only of what was read to its end. */
export function Gaps({ of, window }: { of: ChartProps["readings"]; window: Window }) {
  const t = useT();
  const measures = of.series.map(({ measure }) => measure);
  const complete = completenessOf(of, measures);
  const known = complete === "whole" || complete === "partial";
  const counted = useCounted(of, window);
  const told = complete === "opening" ? t("chart.gaps.opening") : t("chart.gaps.unknown");
  const text = useHeld(known ? counted : told, known);
  if (of.series.every(({ times }) => times.length === 0)) return null;
  return <p className="muted">{text}</p>;
}

function useCounted({ series, failures }: ChartProps["readings"], window: Window): string {
  const t = useT();
  const intl = useIntl();
  const now = useClockEach(60_000);
  const gaps = useMemo(() => {
    const measured = series.filter(({ times }) => times.length > 0);
    return mergeGaps(measured.flatMap((one) => gapsWithin(one, window, now, unopened(one, failures))));
  }, [series, failures, window, now]);
  const count = t("chart.gaps", { count: gaps.length });
  const [longest] = [...gaps].sort((a, b) => b.to - b.from - (a.to - a.from));
  if (!longest) return count;
  const when = (ms: number) => intl.formatDate(ms, { dateStyle: "medium", timeStyle: "short" });
  return `${count} ${t("chart.gaps.longest", { count: gaps.length, from: when(longest.from), to: when(longest.to) })}`;
}

const unopened = ({ measure }: MeasureSeries, failures: ChartProps["readings"]["failures"]) =>
  unopenedGaps(failures.filter(({ info }) => info.measures.includes(measure)));
