import type { Columns } from "../worker/care";
import { MEASURE } from "./measures";
import type { MeasureSeries } from "./readings";

/** Several series as one table, as the core takes them; in whatever order. */
export function columnsOf(series: readonly Pick<MeasureSeries, "measure" | "times" | "values" | "flags">[]): Columns {
  const length = series.reduce((all, { times }) => all + times.length, 0);
  const columns: Columns = {
    measures: new Uint16Array(length),
    values: new Float64Array(length),
    times: new Float64Array(length),
    flags: new Uint8Array(length),
  };
  let at = 0;
  for (const { measure, times, values, flags } of series) {
    columns.measures.fill(MEASURE[measure].code, at, at + times.length);
    columns.values.set(values, at);
    columns.times.set(times, at);
    columns.flags.set(flags, at);
    at += times.length;
  }
  return columns;
}
