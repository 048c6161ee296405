/** A chart as uPlot takes it. */
import type { IntlShape } from "react-intl";
import uPlot from "uplot";
import type { Gap } from "../../data/gaps";
import { dashOf, type Palette } from "./colours";
import { drawThresholds, drawUnopened, type ShownThreshold } from "./layers";
import type { Line, PlotModel, Point, Window } from "./model";

export interface Drawing {
  data: PlotModel;
  width: number;
  window: Window;
  zone: string;
  /** Of the values, as written on their axis; empty where they are counts. */
  unit: string;
  intl: IntlShape;
  colours: Palette;
  thresholds: readonly ShownThreshold[];
  unopened: readonly Gap[];
  onZoom(window: Window): void;
  onPoint(point: Point | undefined): void;
  /** It is laid out: a cursor can be set. */
  onReady(plot: uPlot): void;
}

const HEIGHT = 280;

export function options(drawing: Drawing): uPlot.Options {
  const { data, width, window, zone, colours, thresholds, unopened, onZoom, onPoint, onReady } = drawing;
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
    axes: axes(drawing),
    series: [{}, ...data.lines.map((line) => seriesOptions(line, colours))],
    bands: bandsOf(data.lines, colours),
    hooks: {
      ready: [onReady],
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

function axes({ zone, unit, intl, colours }: Drawing): uPlot.Axis[] {
  const font = `12px ${colours.font}`;
  const axis = {
    stroke: colours.muted,
    grid: { stroke: colours.line, width: 1 },
    ticks: { stroke: colours.line },
    font,
  };
  return [
    { ...axis, values: (_u, splits, _axis, _space, step) => timeLabels(intl, zone, splits, step) },
    {
      ...axis,
      size: 52,
      ...(unit && { label: unit, labelFont: font, labelSize: 18 }),
      values: (_u, splits) => splits.map((value) => intl.formatNumber(value)),
    },
  ];
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

function pointAt(u: uPlot, { times, lines, periods }: PlotModel): Point | undefined {
  const { idx } = u.cursor;
  const at = idx == null ? undefined : times[idx];
  if (idx == null || at === undefined) return undefined;
  const shown = lines.flatMap((line) => {
    const value = line.values[idx];
    return value == null ? [] : [{ line, value }];
  });
  const period = periods?.[idx];
  return shown.length > 0 ? { at: at * 1000, lines: shown, ...(period && { period }) } : undefined;
}
