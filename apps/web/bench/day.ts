/** A day of sealed batches, as `bench day` of packages/bench writes it: what the chain and a vault would answer. */

import type { Window } from "@cw-vitals/client";
import type { BatchInfo } from "@cw-vitals/client/anchor";
import type { Measure } from "../src/data/measures";

export interface Day {
  patient: string;
  grant: string;
  /** Whole hours since 1970. */
  window: Window;
  measures: Measure[];
  readings: number;
  /** Opens the package. */
  identity: string;
  /** Age file of the window's keys, in base64. */
  package: string;
  package_digest: string;
  batches: BatchInfo[];
}

export interface DayFiles {
  day: Day;
  /** The ciphertext of a batch, by its digest. */
  sealed: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

export async function loadDay(): Promise<DayFiles> {
  const [json, bin] = await Promise.all([fetch("/day.json"), fetch("/day.bin")]);
  const day = (await json.json()) as Day;
  const bytes = new Uint8Array(await bin.arrayBuffer());
  const sealed = new Map<string, Uint8Array<ArrayBuffer>>();
  let at = 0;
  for (const { digest, length } of day.batches) {
    sealed.set(digest, bytes.subarray(at, at + length));
    at += length;
  }
  return { day, sealed };
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
