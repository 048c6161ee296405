import { useCallback, useId, useMemo, useState } from "react";
import { useIntl } from "react-intl";
import { silences } from "../../data/gaps";
import type { Measure } from "../../data/measures";
import { displayUnit } from "../../data/units";
import { useT } from "../../i18n";
import { useSettings } from "../../shell/settings";
import { Button } from "../Button";
import { Card } from "../Card";
import { ErrorNotice } from "../ErrorNotice";
import { StaleMark } from "../Loaded";
import { useMeasureFormat } from "../Measure";
import { Progress } from "../Progress";
import { ChartTable } from "./ChartTable";
import { Failures } from "./Failures";
import { Legend } from "./Legend";
import { bucketsModel, bucketsOf, type Line, readingsModel, usualView, type Window } from "./model";
import { Plot } from "./Plot";
import { Segmented } from "./Segmented";
import { Summaries } from "./Summaries";
import type { ChartProps, View } from "./types";

const VIEWS = ["readings", "hour", "day"] as const;
const FORMS = ["chart", "table"] as const;

export default function ChartCard({ title, readings, window, thresholds = [], view: first }: ChartProps) {
  const t = useT();
  const id = useId();
  const [view, setView] = useState<View>(first ?? usualView(window));
  const [form, setForm] = useState<(typeof FORMS)[number]>("chart");
  const { series, progress, error, failures } = readings;
  return (
    <Card
      title={title}
      aside={
        <div className="chart-tools no-print">
          <Segmented
            label={t("chart.view")}
            value={view}
            onChange={setView}
            options={VIEWS.map((key) => ({ key, label: t(`chart.view.${key}`) }))}
          />
          <Segmented
            label={t("chart.as")}
            value={form}
            onChange={setForm}
            options={FORMS.map((key) => ({ key, label: t(`chart.as.${key}`) }))}
          />
        </div>
      }
    >
      {error !== undefined && <ErrorNotice error={error} onRetry={readings.retry} />}
      {progress && <Progress label={t("chart.opening")} {...progress} onCancel={readings.cancel} />}
      <StaleMark of={readings} />
      <div className={readings.stale ? "chart stale" : "chart"}>
        <Legend series={series} thresholds={thresholds} />
        {form === "chart" ? (
          <Interactive title={title} summaryId={id} {...{ readings, window, view, thresholds }} />
        ) : (
          <ChartTable series={series} window={window} period={view === "day" ? "day" : "hour"} />
        )}
        <Summaries id={id} series={series} />
        <Gaps series={series} />
        <Failures of={failures} />
      </div>
    </Card>
  );
}

function Gaps({ series }: Pick<ChartProps["readings"], "series">) {
  const t = useT();
  const count = useMemo(() => series.reduce((sum, one) => sum + silences(one).length, 0), [series]);
  if (series.every(({ times }) => times.length === 0)) return null;
  return <p className="muted">{t("chart.gaps", { count })}</p>;
}

interface InteractiveProps extends Required<Pick<ChartProps, "title" | "readings" | "window" | "thresholds">> {
  view: View;
  summaryId: string;
}

type Point = { at: number; lines: { line: Line; value: number }[] };

function Interactive({ title, summaryId, readings, window, view, thresholds }: InteractiveProps) {
  const t = useT();
  const { zone } = useSettings();
  const { series, gaps } = readings;
  const [zoom, setZoom] = useState<Window>();
  const [point, setPoint] = useState<Point>();
  const show = useShow();
  const model = useCallback(
    (shown: Window, columns: number) =>
      view === "readings"
        ? readingsModel(series, gaps, shown, columns, show)
        : bucketsModel(
            bucketsOf(series, window, view, zone),
            series.map(({ measure }) => measure),
            show,
          ),
    [series, gaps, view, window, zone, show],
  );
  const limits = useMemo(
    () => thresholds.map(({ measure, low, high, level }) => ({ level, ...bounds(show, measure, low, high) })),
    [thresholds, show],
  );
  return (
    <>
      <Plot
        label={`${title}. ${t("chart.keys")}`}
        describedBy={summaryId}
        model={model}
        window={zoom ?? window}
        zone={zone}
        thresholds={limits}
        unopened={gaps}
        onZoom={setZoom}
        onPoint={setPoint}
      />
      <div className="row no-print">
        <Readout point={point} />
        {zoom && <Button onClick={() => setZoom(undefined)}>{t("chart.zoom.out")}</Button>}
      </div>
    </>
  );
}

function bounds(show: (measure: Measure, value: number) => number, measure: Measure, low?: number, high?: number) {
  return {
    ...(low === undefined ? {} : { low: show(measure, low) }),
    ...(high === undefined ? {} : { high: show(measure, high) }),
  };
}

/** From the unit of a reading to the one that the person reads in. */
function useShow() {
  const { units } = useSettings();
  return useCallback((measure: Measure, value: number) => displayUnit(measure, units).show(value), [units]);
}

function Readout({ point }: { point: Point | undefined }) {
  const intl = useIntl();
  const t = useT();
  const { units } = useSettings();
  const format = useMeasureFormat();
  if (!point) return <p className="chart-readout" aria-live="polite" />;
  const at = intl.formatDate(point.at, { dateStyle: "medium", timeStyle: "medium" });
  const values = point.lines
    // what is drawn is already in the unit shown, and the format converts
    .map(
      ({ line, value }) =>
        `${t(`measures.${line.measure}`)} ${format(line.measure, displayUnit(line.measure, units).read(value))}`,
    )
    .join(", ");
  return (
    <p className="chart-readout" aria-live="polite">
      {t("chart.readout", { at, values })}
    </p>
  );
}
