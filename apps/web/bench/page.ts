/** What both pages tell whoever measures them. */

/** Of one pass; times in ms. */
export interface Measured {
  opened: number;
  drawn: number;
  /** 0 where no task of the page's thread took 50 ms. */
  longestTask: number;
  blocked: number;
  /** What was computed, to be compared: of each measure the count and the sum of values. */
  result: { readings: number; sum: number }[];
}

/** Reads and draws the day; the first call starts the worker, later ones find it warm. */
export type MeasureDay = () => Promise<Measured>;

declare global {
  var measureDay: MeasureDay | undefined;
}

const LONG_MS = 50;

/** The page's long tasks from now on. */
export function watchTasks(): () => Promise<Pick<Measured, "longestTask" | "blocked">> {
  const began = performance.now();
  const durations: number[] = [];
  const note = (list: PerformanceEntry[]) => {
    for (const entry of list) if (entry.startTime >= began - LONG_MS) durations.push(entry.duration);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "longtask" });
  return async () => {
    // the last task is told after it ended
    await new Promise((resolve) => setTimeout(resolve, 2 * LONG_MS));
    note(observer.takeRecords());
    observer.disconnect();
    const blocked = durations.reduce((sum, duration) => sum + duration - LONG_MS, 0);
    return { longestTask: Math.max(0, ...durations), blocked };
  };
}

/** Until what was drawn is on the screen. */
export function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

export function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
