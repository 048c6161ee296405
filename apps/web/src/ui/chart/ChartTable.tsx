import { useMemo } from "react";
import { useIntl } from "react-intl";
import type { Bucket } from "../../data/aggregate";
import type { GatheredSeries } from "../../data/gather";
import { MEASURE, type Measure } from "../../data/measures";
import { useT } from "../../i18n";
import { useSettings } from "../../shell/settings";
import { useMeasureFormat } from "../Measure";
import { type Column, Table } from "../Table";
import { bucketsOf, type Window } from "./model";

interface Row {
  measure: Measure;
  simulated: boolean;
  bucket: Bucket;
}

/** More rows than these are not read: longer windows are by day. */
const MOST_ROWS = 24 * 14;
const HOUR_MS = 3_600_000;

/** The same as the chart, in numbers. */
export function ChartTable(props: { series: readonly GatheredSeries[]; window: Window; period: "hour" | "day" }) {
  const { series, window } = props;
  const t = useT();
  const { zone } = useSettings();
  const long = (window.to - window.from) / HOUR_MS > MOST_ROWS;
  const period = long ? "day" : props.period;
  const rows = useMemo(() => rowsOf(series, bucketsOf(series, window, period, zone)), [series, window, period, zone]);
  const columns = useColumns(period);
  return (
    <Table
      caption={t("chart.table.caption", { zone })}
      columns={columns}
      rows={rows}
      rowKey={({ measure, bucket }) => `${bucket.from}-${measure}`}
    />
  );
}

/** In order of time, the measures of one hour after each other. */
function rowsOf(series: readonly GatheredSeries[], buckets: readonly Bucket[][]): Row[] {
  const rows = series.flatMap(({ measure, simulated }, i) =>
    (buckets[i] ?? []).map((bucket): Row => ({ measure, simulated, bucket })),
  );
  return rows.sort((a, b) => a.bucket.from - b.bucket.from);
}

function useColumns(period: "hour" | "day"): Column<Row>[] {
  const t = useT();
  const intl = useIntl();
  const format = useMeasureFormat();
  const when = (ms: number) =>
    intl.formatDate(ms, period === "day" ? { dateStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" });
  const number = (key: "min" | "median" | "max"): Column<Row> => ({
    key,
    head: t(`chart.table.${key}`),
    numeric: true,
    cell: ({ measure, bucket }) => {
      const value = MEASURE[measure].counted && key === "median" ? bucket.sum : bucket[key];
      return value === undefined ? t("chart.table.none") : format(measure, value);
    },
  });
  const name: Column<Row> = {
    key: "measure",
    head: t("chart.table.measure"),
    cell: ({ measure, simulated }) => `${t(`measures.${measure}`)}${simulated ? ` (${t("chart.simulated")})` : ""}`,
  };
  return [
    { key: "period", head: t("chart.table.period"), cell: ({ bucket }) => when(bucket.from) },
    name,
    {
      key: "count",
      head: t("chart.table.count"),
      numeric: true,
      cell: ({ bucket }) => intl.formatNumber(bucket.count),
    },
    number("min"),
    number("median"),
    number("max"),
  ];
}
