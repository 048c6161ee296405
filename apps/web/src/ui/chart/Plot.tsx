import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Gap } from "../../data/gaps";
import { palette } from "./colours";
import type { ShownThreshold } from "./layers";
import type { PlotModel, Point, Window } from "./model";
import { options } from "./options";
import { useTouch } from "./touch";
import { nextPoint, type Step, stepOfKey } from "./zoom";

interface PlotProps {
  label: string;
  describedBy: string;
  /** What is to be drawn in a window, at so many columns. */
  model(window: Window, columns: number): PlotModel;
  window: Window;
  zone: string;
  /** Of the values; empty where they are counts. */
  unit: string;
  thresholds: readonly ShownThreshold[];
  unopened: readonly Gap[];
  onZoom(window: Window): void;
  onStep(step: Step): void;
  /** The point under the cursor: time in ms, and of each line the value shown. */
  onPoint(point: Point | undefined): void;
}

const NARROWEST = 120;

export function Plot(props: PlotProps) {
  const { label, describedBy, model, window, zone, unit, thresholds, unopened, onZoom, onStep, onPoint } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const drawn = useRef<PlotModel>(undefined);
  const cursor = useRef<number>(undefined);
  const width = useWidth(box);
  const scheme = useScheme();
  const intl = useIntl();
  useTouch(box, { area: () => plot.current?.over.getBoundingClientRect(), shown: window, onDrag: onZoom });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours that are read from the style sheet
  useEffect(() => {
    const target = box.current;
    if (!target || width < NARROWEST) return;
    const data = model(window, width);
    drawn.current = data;
    const point = (at: Point | undefined) => {
      cursor.current = at && at.at / 1000;
      onPoint(at);
    };
    const colours = palette(target);
    const before = cursor.current;
    // who reads point by point goes on from there, though a new reading had it drawn anew
    const onReady = (u: uPlot) => {
      if (before === undefined) return;
      if (before * 1000 >= window.from && before * 1000 <= window.to) moveTo(u, before);
      else point(undefined);
    };
    const drawing = { data, width, window, zone, unit, intl, colours, thresholds, unopened, onZoom, onPoint: point };
    const made = new uPlot(
      options({ ...drawing, onReady }),
      [data.times, ...data.lines.map((line) => line.values)] as uPlot.AlignedData,
      target,
    );
    plot.current = made;
    return () => {
      plot.current = undefined;
      made.destroy();
    };
  }, [model, window, width, zone, unit, intl, thresholds, unopened, scheme, onZoom, onPoint]);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = stepOfKey(event.key);
    const at = drawn.current && nextPoint(event.key, drawn.current, window, cursor.current);
    if (step) onStep(step);
    else if (at !== undefined && plot.current) moveTo(plot.current, at);
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: no element is a chart
    <div
      role="group"
      aria-label={label}
      aria-describedby={describedBy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read the chart point by point
      tabIndex={0}
      onKeyDown={press}
      className="chart-plot"
      ref={box}
    />
  );
}

const moveTo = (plot: uPlot, seconds: number) => plot.setCursor({ left: plot.valToPos(seconds, "x"), top: 10 });

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
