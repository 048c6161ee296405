/** Doses around now, for a person to see; whether they count is the core's to say (`adherence`). */
import type { MeasureSeries } from "../../../data/readings";
import type { Medication } from "../../care/plan";

export interface DueDose {
  name: string | undefined;
  atMs: number;
}

/** Doses of a plan due in `[from, to)`, in order. */
export function dueIn(medication: readonly Medication[], from: number, to: number): DueDose[] {
  const due = medication.flatMap((one) => {
    const doses: DueDose[] = [];
    const first = Math.max(0, Math.ceil((from - one.first_at_ms) / one.every_ms));
    for (let dose = first; dose < one.doses && one.first_at_ms + dose * one.every_ms < to; dose++) {
      doses.push({ name: one.name, atMs: one.first_at_ms + dose * one.every_ms });
    }
    return doses;
  });
  return due.sort((a, b) => a.atMs - b.atMs);
}

/** When each dose was taken: a reading that counts two is two doses. */
export function takenAt(series: MeasureSeries | undefined): Float64Array {
  if (series?.measure !== "dose_taken") return new Float64Array();
  const times: number[] = [];
  series.times.forEach((at, i) => {
    for (let n = 0; n < (series.values[i] as number); n++) times.push(at);
  });
  return Float64Array.from(times);
}
