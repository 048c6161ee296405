/** Fewer points for drawing: the lowest and the highest of each pixel column, so that no spike is lost. */
import { lowerBound, type Series } from "./aggregate";
import type { Gap } from "./gaps";

/** `null` breaks the line, `undefined` (another series has a point there) does not. */
export type Drawn = (number | null | undefined)[];

export interface Drawing {
  /** Shared by all series, ascending, ms. */
  times: number[];
  values: Drawn[];
}

/** Up to this many readings for each pixel column all are drawn as they are. */
const EXACT_PER_COLUMN = 2;

interface Point {
  at: number;
  value: number | null;
}

/** Several series on one time axis, at most two points for each column of each. */
export function drawing(
  all: readonly { series: Series; gaps: readonly Gap[] }[],
  window: { from: number; to: number },
  columns: number,
): Drawing {
  const points = all.map(({ series, gaps }) => withBreaks(thin(series, window, columns), gaps, window));
  return join(points);
}

function thin(series: Series, window: { from: number; to: number }, columns: number): Point[] {
  // one neighbour beyond each edge, so that a zoomed line reaches the edge
  const start = Math.max(0, lowerBound(series.times, window.from) - 1);
  const end = Math.min(series.times.length, lowerBound(series.times, window.to) + 1);
  if (end - start <= columns * EXACT_PER_COLUMN) return exact(series, start, end);
  const width = (window.to - window.from) / columns;
  const points: Point[] = [];
  for (let at = start; at < end; ) {
    const column = Math.floor(((series.times[at] as number) - window.from) / width);
    const stop = Math.max(at + 1, lowerBound(series.times, window.from + (column + 1) * width, at));
    points.push(...extremes(series, at, Math.min(stop, end)));
    at = stop;
  }
  return points;
}

function exact(series: Series, start: number, end: number): Point[] {
  const points: Point[] = [];
  for (let i = start; i < end; i++) points.push(pointAt(series, i));
  return points;
}

function pointAt(series: Series, i: number): Point {
  return { at: series.times[i] as number, value: series.values[i] as number };
}

function extremes(series: Series, start: number, end: number): Point[] {
  let low = start;
  let high = start;
  for (let i = start + 1; i < end; i++) {
    if ((series.values[i] as number) < (series.values[low] as number)) low = i;
    if ((series.values[i] as number) > (series.values[high] as number)) high = i;
  }
  if (low === high) return [pointAt(series, low)];
  return [Math.min(low, high), Math.max(low, high)].map((i) => pointAt(series, i));
}

/** A break within each gap: between its neighbours, or at its middle where it is declared. */
function withBreaks(points: Point[], gaps: readonly Gap[], window: { from: number; to: number }): Point[] {
  const breaks = gaps
    .filter((gap) => gap.to > window.from && gap.from < window.to)
    .map((gap): Point => ({ at: (gap.from + gap.to) / 2, value: null }));
  return [...points, ...breaks].sort((a, b) => a.at - b.at);
}

function join(series: Point[][]): Drawing {
  const times = [...new Set(series.flat().map((point) => point.at))].sort((a, b) => a - b);
  const index = new Map(times.map((at, i) => [at, i]));
  const values = series.map((points) => {
    const drawn: Drawn = new Array(times.length).fill(undefined);
    for (const point of points) drawn[index.get(point.at) as number] = point.value;
    return drawn;
  });
  return { times, values };
}
