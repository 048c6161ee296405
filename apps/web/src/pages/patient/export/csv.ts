/** Readings as lines of CSV, with the columns of `vitals export` (packages/export/src/rows.rs). No field needs quotes. */
import type { OpenedBatch } from "@cw-vitals/client/readings";

/** A row of the core's table of measures. */
export interface MeasureRow {
  code: number;
  name: string;
  unit: string;
  loinc: string;
  scale: number;
}

export const HEADER = "at,at_ms,value,unit,loinc,quality,simulated,device,assurance,calibrated,batch,index\n";

const QUALITY = ["good", "questionable", "poor"];

/** Names a batch as the files under `batches` do. */
export function batchName({ info: { id } }: Pick<OpenedBatch, "info">): string {
  return `${id.category}/${id.epoch}/${id.device}/${id.sequence}`;
}

/** The lines of one batch, by measure. */
export function linesOf(batch: OpenedBatch, measures: ReadonlyMap<number, MeasureRow>): Map<string, string> {
  const { info } = batch;
  const tail = `${info.id.device},${info.assurance},${info.calibrated},${batchName(batch)}`;
  const lines = new Map<string, string[]>();
  for (let index = 0; index < batch.times.length; index++) {
    const measure = measures.get(batch.measures[index] as number);
    if (!measure) continue;
    const flags = batch.flags[index] as number;
    const atMs = batch.times[index] as number;
    const time = new Date(atMs).toISOString();
    const value = (batch.values[index] as number).toFixed(measure.scale);
    const own = lines.get(measure.name) ?? [];
    own.push(
      `${time},${atMs},${value},${measure.unit},${measure.loinc},${QUALITY[flags >> 1] ?? "poor"},${(flags & 1) === 1},${tail},${index}\n`,
    );
    lines.set(measure.name, own);
  }
  return new Map([...lines].map(([name, own]) => [name, own.join("")]));
}
