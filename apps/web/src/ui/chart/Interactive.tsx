import { useCallback, useMemo, useState } from "react";
import type { Measure } from "../../data/measures";
import { displayUnit } from "../../data/units";
import { useT } from "../../i18n";
import { useSettings } from "../../shell/settings";
import { bucketsModel, bucketsOf, type Point, readingsModel, type Window } from "./model";
import { Plot } from "./Plot";
import { Readout } from "./Readout";
import type { ChartProps, View } from "./types";
import { ZoomTools } from "./ZoomTools";
import { type Step, stepped, within } from "./zoom";

interface InteractiveProps extends Required<Pick<ChartProps, "title" | "readings" | "window" | "thresholds">> {
  view: View;
  summaryId: string;
}

/** The chart itself: zoomed and moved by keys, buttons, mouse and fingers, with the point under the cursor in words. */
export function Interactive({ title, summaryId, readings, window, view, thresholds }: InteractiveProps) {
  const t = useT();
  const { zone, units } = useSettings();
  const { series, gaps } = readings;
  const [zoom, setZoom] = useState<Window>();
  const [point, setPoint] = useState<Point>();
  const shown = useMemo(() => (zoom && within(zoom, window, view)) ?? window, [zoom, window, view]);
  const step = (how: Step) => setZoom(stepped(how, shown, window, view, point?.at));
  const show = useShow();
  const model = useCallback(
    (part: Window, columns: number) =>
      view === "readings"
        ? readingsModel(series, gaps, part, columns, show)
        : bucketsModel(
            bucketsOf(series, window, view, zone),
            series.map(({ measure }) => measure),
            window,
            show,
          ),
    [series, gaps, view, window, zone, show],
  );
  const limits = useMemo(
    () => thresholds.map(({ measure, low, high, level }) => ({ level, ...bounds(show, measure, low, high) })),
    [thresholds, show],
  );
  const [first] = series;
  return (
    <>
      <Plot
        label={`${title}. ${t("chart.keys")}`}
        describedBy={summaryId}
        model={model}
        window={shown}
        zone={zone}
        unit={first ? displayUnit(first.measure, units).label : ""}
        thresholds={limits}
        unopened={gaps}
        onZoom={setZoom}
        onStep={step}
        onPoint={setPoint}
      />
      <ZoomTools shown={shown} whole={window} view={view} onStep={step} />
      <Readout point={point} view={view} />
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
