/// <reference lib="webworker" />
/** Opens and verifies the day; one series for each measure goes to the page. */
import type { BatchInfo } from "@cw-vitals/client/anchor";
import { sha256 } from "@noble/hashes/sha2.js";
import { MEASURE } from "../../src/data/measures";
import { type DayFiles, fromBase64, loadDay } from "../day";
import { type Keys, openPackage, sealOf } from "./keys";
import { type Columns, openPayload } from "./payload";
import { rootOf } from "./tree";

declare const self: DedicatedWorkerGlobalScope;

/** In order of time. */
export interface Series {
  /** Seconds, as uPlot has them. */
  times: Float64Array;
  values: Float64Array;
}

const HOUR_S = 3_600;
const files = loadDay();

self.onmessage = async () => {
  const series = await opened(await files);
  self.postMessage(series, series.flatMap(({ times, values }) => [times.buffer, values.buffer]) as ArrayBuffer[]);
};

async function opened({ day, sealed }: DayFiles): Promise<Series[]> {
  const keys = await openPackage(fromBase64(day.package), day.identity);
  const batches = day.batches.map((info) => ({ info, columns: open(info, sealed.get(info.digest), keys) }));
  return day.measures.map((measure) => {
    const { code, scale } = MEASURE[measure];
    const own = batches.filter(({ columns }) => columns.measures[0] === code);
    own.sort((a, b) => a.info.first_at_ms - b.info.first_at_ms);
    return joined(own, 10 ** scale);
  });
}

/** @throws where the bytes are not those that the chain points to, or the readings not those that were signed */
function open(info: BatchInfo, sealed: Uint8Array | undefined, keys: Keys): Columns {
  if (!sealed || !equal(sha256(sealed), fromBase64(info.digest))) throw new Error("other bytes than anchored");
  const { key, associated } = sealOf(info, keys);
  const columns = openPayload(sealed, key, associated);
  if (columns.values.length !== info.count) throw new Error("another count than anchored");
  if (!equal(rootOf(columns), fromBase64(info.root))) throw new Error("another root than anchored");
  return columns;
}

const equal = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);

function joined(batches: readonly { info: BatchInfo; columns: Columns }[], unit: number): Series {
  const count = batches.reduce((sum, { info }) => sum + info.count, 0);
  const times = new Float64Array(count);
  const values = new Float64Array(count);
  let at = 0;
  for (const { info, columns } of batches) {
    for (let i = 0; i < columns.values.length; i++, at++) {
      times[at] = info.id.epoch * HOUR_S + (columns.offsets[i] as number) / 1_000;
      values[at] = (columns.values[i] as number) / unit;
    }
  }
  return { times, values };
}
