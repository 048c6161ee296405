/** From opened batches to one series for each measure. */
import type { BatchInfo } from "@cw-vitals/client/anchor";
import type { OpenedMessage } from "../worker/protocol";
import type { Series } from "./aggregate";
import { type Gap, mergeGaps } from "./gaps";
import { MEASURE, type Measure } from "./measures";

/** A batch that could not be opened, or is not genuine. */
export interface ReadFailure {
  info: BatchInfo;
  error: unknown;
}

export interface GatheredSeries extends Series {
  measure: Measure;
  flags: Uint8Array;
  simulated: boolean;
}

/** What names a batch, for ever: its device and number there, and the bytes it was sealed as. */
export function batchKey({ id, digest }: BatchInfo): string {
  return `${id.device}/${id.sequence}/${digest}`;
}

export function gather(
  batches: Iterable<OpenedMessage>,
  measures: readonly Measure[],
  window: { from: number; to: number },
): GatheredSeries[] {
  const sorted = [...batches].sort((a, b) => a.info.first_at_ms - b.info.first_at_ms);
  return measures.map((measure) => seriesOf(sorted, measure, window));
}

function seriesOf(
  batches: readonly OpenedMessage[],
  measure: Measure,
  window: { from: number; to: number },
): GatheredSeries {
  const { code } = MEASURE[measure];
  const own = batches.filter((batch) => batch.measures.includes(code));
  const most = own.reduce((sum, batch) => sum + batch.times.length, 0);
  const times = new Float64Array(most);
  const values = new Float64Array(most);
  const flags = new Uint8Array(most);
  let count = 0;
  let simulated = false;
  for (const batch of own) {
    const before = count;
    for (let i = 0; i < batch.times.length; i++) {
      const at = batch.times[i] as number;
      if (batch.measures[i] !== code || at < window.from || at >= window.to) continue;
      times[count] = at;
      values[count] = batch.values[i] as number;
      flags[count] = batch.flags[i] as number;
      count += 1;
    }
    simulated ||= batch.simulated && count > before;
  }
  const columns =
    count === most
      ? { times, values, flags }
      : { times: times.slice(0, count), values: values.slice(0, count), flags: flags.slice(0, count) };
  return { measure, simulated, ...inOrder(columns) };
}

type Columns = Pick<GatheredSeries, "times" | "values" | "flags">;

/** Two devices may measure the same hours: then their batches overlap, and the readings are sorted. */
function inOrder(columns: Columns): Columns {
  const { times, values, flags } = columns;
  if (times.every((at, i) => i === 0 || (times[i - 1] as number) <= at)) return columns;
  const order = Uint32Array.from(times, (_, i) => i).sort((a, b) => (times[a] as number) - (times[b] as number));
  return {
    times: Float64Array.from(order, (i) => times[i] as number),
    values: Float64Array.from(order, (i) => values[i] as number),
    flags: Uint8Array.from(order, (i) => flags[i] as number),
  };
}

/** When something was measured that cannot be shown. */
export function unopenedGaps(failures: readonly ReadFailure[]): Gap[] {
  return mergeGaps(
    failures.map(({ info }) => ({ from: info.first_at_ms, to: info.last_at_ms, kind: "unopened" as const })),
  );
}
