import { useMemo } from "react";
import { columnsOf } from "../../../data/columns";
import { type Completeness, completenessOf, leastOf } from "../../../data/completeness";
import { CATEGORIES, type Category, MEASURE, MEASURES, type Measure } from "../../../data/measures";
import { type Readings, useReadings } from "../../../data/readings";
import type { Columns } from "../../../worker/care";
import type { Reads, Span } from "./reads";

export const measuresOf = (category: Category): Measure[] =>
  MEASURES.filter((measure) => MEASURE[measure].category === category);

export interface Measured {
  /** By category; of those that may be read. */
  by: Partial<Record<Category, Readings>>;
  /** All of them, for the analysis. */
  columns: Columns;
  /** Tells one state of the readings from another. */
  mark: string;
  progress: { done: number; total: number } | undefined;
  cancel(): void;
  retry(): void;
  errors: unknown[];
  stale: boolean;
  simulated: boolean;
  /** Of all that may be read. */
  complete: Completeness;
}

/** All that may be read of a patient, each category by the grant that opens it. */
export function useMeasured(
  patient: string,
  reads: Reads,
  empty: Span,
  purpose: "TREAT" | "ETREAT" = "TREAT",
): Measured {
  // the categories are six, always, and in this order: hooks may be called in a loop over them
  const all = CATEGORIES.map((category) => {
    const read = reads[category];
    const request = {
      patient,
      measures: measuresOf(category),
      window: read?.window ?? empty,
      purpose,
      enabled: read !== undefined,
    };
    // biome-ignore lint/correctness/useHookAtTopLevel: a loop over a constant
    return useReadings(read ? { ...request, ground: read.ground } : request);
  });
  const readable = all.filter((_, place) => reads[CATEGORIES[place] as Category] !== undefined);
  const series = readable.flatMap((readings) => readings.series);
  const mark = series.map(({ times }) => `${times.length}:${times.at(-1) ?? ""}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark says all that the series do
  const columns = useMemo(() => columnsOf(series), [mark]);
  const working = readable.flatMap(({ progress }) => progress ?? []);
  return {
    by: Object.fromEntries(CATEGORIES.flatMap((category, place) => (reads[category] ? [[category, all[place]]] : []))),
    columns,
    mark,
    progress: working.length > 0 ? sumOf(working) : undefined,
    cancel: () => readable.forEach((readings) => void readings.cancel()),
    retry: () => readable.forEach((readings) => void readings.retry()),
    errors: readable.flatMap(({ error }) => (error === undefined ? [] : [error])),
    stale: readable.some(({ stale }) => stale),
    complete: leastOf(readable.map((readings) => completenessIn(readings))),
    simulated: series.some(({ simulated }) => simulated),
  };
}

/** Of one category's readings. */
export const completenessIn = (readings: Readings | undefined): Completeness =>
  readings ? completenessOf(readings, MEASURES) : "unread";

function sumOf(working: readonly { done: number; total: number }[]) {
  const sum = (of: "done" | "total") => working.reduce((all, one) => all + one[of], 0);
  return { done: sum("done"), total: sum("total") };
}
