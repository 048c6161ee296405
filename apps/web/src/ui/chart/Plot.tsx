import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { IntlShape } from "react-intl";
import { useIntl } from "react-intl";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Gap } from "../../data/gaps";
import { dashOf, type Palette, palette } from "./colours";
import { drawThresholds, drawUnopened, type ShownThreshold } from "./layers";
import type { Line, PlotModel, Window } from "./model";

interface PlotProps {
  label: string;
  describedBy: string;
  /** What is to be drawn in a window, at so many columns. */
  model(window: Window, columns: number): PlotModel;
  window: Window;
  zone: string;
  thresholds: readonly ShownThreshold[];
  unopened: readonly Gap[];
  onZoom(window: Window): void;
  /** The point under the cursor: time in ms, and of each line the value shown. */
  onPoint(point: { at: number; lines: { line: Line; value: number }[] } | undefined): void;
}

const HEIGHT = 280;
const NARROWEST = 120;

export function Plot(props: PlotProps) {
  const { label, describedBy, model, window, zone, thresholds, unopened, onZoom, onPoint } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const drawn = useRef<PlotModel>(undefined);
  const width = useWidth(box);
  const scheme = useScheme();
  const intl = useIntl();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours that are read from the style sheet
  useEffect(() => {
    const target = box.current;
    if (!target || width < NARROWEST) return;
    const data = model(window, width);
    drawn.current = data;
    const made = new uPlot(
      options({ data, width, window, zone, intl, colours: palette(target), thresholds, unopened, onZoom, onPoint }),
      [data.times, ...data.lines.map((line) => line.values)] as uPlot.AlignedData,
      target,
    );
    plot.current = made;
    return () => {
      plot.current = undefined;
      made.destroy();
    };
  }, [model, window, width, zone, intl, thresholds, unopened, scheme, onZoom, onPoint]);

  const move = (event: KeyboardEvent) => {
    const u = plot.current;
    const times = drawn.current?.times ?? [];
    const to = u && nextIndex(event.key, u.cursor.idx ?? -1, times.length);
    if (!u || to === undefined) return;
    event.preventDefault();
    u.setCursor({ left: u.valToPos(times[to] as number, "x"), top: 10 });
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: no element is a chart
    <div
      role="group"
      aria-label={label}
      aria-describedby={describedBy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read the chart point by point
      tabIndex={0}
      onKeyDown={move}
      className="chart-plot"
      ref={box}
    />
  );
}

function nextIndex(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === "ArrowRight") return Math.min(count - 1, at + 1);
  if (key === "ArrowLeft") return Math.max(0, at - 1);
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return undefined;
}

interface Drawing extends Pick<PlotProps, "window" | "zone" | "thresholds" | "unopened" | "onZoom" | "onPoint"> {
  data: PlotModel;
  width: number;
  intl: IntlShape;
  colours: Palette;
}

function options({
  data,
  width,
  window,
  zone,
  intl,
  colours,
  thresholds,
  unopened,
  onZoom,
  onPoint,
}: Drawing): uPlot.Options {
  const font = `12px ${colours.font}`;
  const axis = {
    stroke: colours.muted,
    grid: { stroke: colours.line, width: 1 },
    ticks: { stroke: colours.line },
    font,
  };
  return {
    width,
    height: HEIGHT,
    // room for half of the last label
    padding: [12, 28, 0, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
    legend: { show: false },
    cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { size: 8 } },
    scales: {
      x: { time: true, range: () => [window.from / 1000, window.to / 1000] },
      y: { range: (_u, min, max) => padded(min, max, thresholds) },
    },
    axes: [
      { ...axis, values: (_u, splits, _axis, _space, step) => timeLabels(intl, zone, splits, step) },
      { ...axis, size: 56, values: (_u, splits) => splits.map((value) => intl.formatNumber(value)) },
    ],
    series: [{}, ...data.lines.map((line) => seriesOptions(line, colours))],
    bands: bandsOf(data.lines, colours),
    hooks: {
      drawAxes: [(u) => drawUnopened(u, unopened, colours), (u) => drawThresholds(u, thresholds, colours)],
      setSelect: [
        (u) => {
          const { left, width: wide } = u.select;
          if (wide > 4) onZoom({ from: u.posToVal(left, "x") * 1000, to: u.posToVal(left + wide, "x") * 1000 });
        },
      ],
      setCursor: [(u) => onPoint(pointAt(u, data))],
    },
  };
}

function seriesOptions({ kind, index, measure }: Line, colours: Palette): uPlot.Series {
  const stroke = colours.series[index % colours.series.length] as string;
  if (kind === "low" || kind === "high") return { label: measure, stroke: "transparent", points: { show: false } };
  if (kind === "bars")
    return {
      label: measure,
      stroke,
      fill: `${stroke}66`,
      width: 1,
      ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.7, 40] }) }),
    };
  return { label: measure, stroke, width: 1.5, dash: dashOf(index), spanGaps: false };
}

/** Between the lines `high` and `low` of a measure, which follow each other. */
function bandsOf(lines: readonly Line[], colours: Palette): uPlot.Band[] {
  return lines.flatMap(({ kind, index }, i) =>
    // uPlot counts the axis of time as series 0
    kind === "high"
      ? [{ series: [i + 1, i + 2] as [number, number], fill: `${colours.series[index % colours.series.length]}33` }]
      : [],
  );
}

/** The readings and the thresholds, with some room. */
function padded(min: number | null, max: number | null, thresholds: readonly ShownThreshold[]): [number, number] {
  const limits = thresholds.flatMap(({ low, high }) => [low, high]).filter((limit) => limit !== undefined);
  const all = [min, max, ...limits].filter((value): value is number => value !== null && Number.isFinite(value));
  if (all.length === 0) return [0, 1];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - room, high + room];
}

const DAY_S = 86_400;

/** Hours within a day, with the date where it begins or changes; dates where steps are days. */
function timeLabels(intl: IntlShape, timeZone: string, splits: number[], step: number): string[] {
  const date = (at: number) => intl.formatDate(at * 1000, { timeZone, day: "numeric", month: "short" });
  if (step >= DAY_S) return splits.map(date);
  let before = "";
  return splits.map((at) => {
    const time = intl.formatTime(at * 1000, {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      ...(step < 60 && { second: "2-digit" }),
    });
    const day = date(at);
    const label = day === before ? time : `${time}\n${day}`;
    before = day;
    return label;
  });
}

function pointAt(u: uPlot, { times, lines }: PlotModel) {
  const { idx } = u.cursor;
  const at = idx == null ? undefined : times[idx];
  if (idx == null || at === undefined) return undefined;
  const shown = lines.flatMap((line) => {
    const value = line.values[idx];
    return value == null ? [] : [{ line, value }];
  });
  return shown.length > 0 ? { at: at * 1000, lines: shown } : undefined;
}

function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

/** Changes with light and dark. */
function useScheme(): boolean {
  const [dark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const changed = () => setDark(query.matches);
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, []);
  return dark;
}
