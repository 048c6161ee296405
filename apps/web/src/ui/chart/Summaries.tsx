import { useMemo } from "react";
import { useIntl } from "react-intl";
import type { GatheredSeries } from "../../data/gather";
import { MEASURE } from "../../data/measures";
import { useT } from "../../i18n";
import { useMeasureFormat } from "../Measure";
import { summaryOf } from "./model";

/** The chart in sentences, one for each measure. */
export function Summaries({ id, series }: { id: string; series: readonly GatheredSeries[] }) {
  return (
    <div id={id}>
      {series.map((one) => (
        <Sentence key={one.measure} of={one} />
      ))}
    </div>
  );
}

function Sentence({ of }: { of: GatheredSeries }) {
  const t = useT();
  const intl = useIntl();
  const format = useMeasureFormat();
  const summary = useMemo(() => summaryOf(of), [of]);
  const name = t(`measures.${of.measure}`);
  if (!summary) return <p>{t("chart.summary.none", { name })}</p>;
  const when = (ms: number) => intl.formatDate(ms, { dateStyle: "medium", timeStyle: "short" });
  const value = (amount: number) => format(of.measure, amount);
  const values = { name, count: summary.count, from: when(summary.from), to: when(summary.to) };
  if (MEASURE[of.measure].counted) return <p>{t("chart.summary.counted", { ...values, sum: value(summary.sum) })}</p>;
  const { min, median, max, last } = summary;
  return (
    <p>
      {t("chart.summary", { ...values, min: value(min), median: value(median), max: value(max), last: value(last) })}
    </p>
  );
}
