import { useId, useState } from "react";
import { useT } from "../../i18n";
import { Card } from "../Card";
import { ErrorNotice } from "../ErrorNotice";
import { StaleMark } from "../Loaded";
import { Progress } from "../Progress";
import { ChartTable } from "./ChartTable";
import { Failures } from "./Failures";
import { Gaps } from "./Gaps";
import { Interactive } from "./Interactive";
import { Legend } from "./Legend";
import { usualView } from "./model";
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
        <Gaps of={readings} window={window} />
        <Failures of={failures} />
      </div>
    </Card>
  );
}
