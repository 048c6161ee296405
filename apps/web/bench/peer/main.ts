/** The same day with published libraries in plain TypeScript. */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { loadDay } from "../day";
import { type Measured, painted, sumOf, watchTasks } from "../page";
import type { Series } from "./day.worker";

const { day } = await loadDay();
const app = document.getElementById("app") as HTMLElement;
const COLOURS = ["#0b5c8c", "#a03c00", "#3a6b00"];
const HOUR_S = 3_600;

let worker: Worker | undefined;

globalThis.measureDay = async (): Promise<Measured> => {
  app.replaceChildren();
  await painted();
  const tasks = watchTasks();
  const began = performance.now();
  worker ??= new Worker(new URL("./day.worker.ts", import.meta.url), { type: "module" });
  const series = await read(worker);
  const opened = performance.now() - began;
  series.forEach(draw);
  await painted();
  const drawn = performance.now() - began;
  const result = series.map(({ values }) => ({ readings: values.length, sum: sumOf(values) }));
  return { opened, drawn, ...(await tasks()), result };
};

function read(from: Worker): Promise<Series[]> {
  return new Promise((resolve, reject) => {
    from.onmessage = ({ data }: MessageEvent<Series[]>) => resolve(data);
    from.onerror = ({ message }) => reject(new Error(message));
    from.postMessage("open");
  });
}

function draw({ times, values }: Series, index: number): void {
  const width = app.clientWidth;
  const range: [number, number] = [day.window.from * HOUR_S, day.window.to * HOUR_S];
  const title = day.measures[index] as string;
  const options: uPlot.Options = {
    title,
    width,
    height: 280,
    scales: { x: { time: true, range: () => range } },
    series: [{}, { label: title, stroke: COLOURS[index] as string, width: 1.5 }],
  };
  new uPlot(options, [times, values], app);
}
