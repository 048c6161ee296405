/** Reads what is new of a patient's batches, and keeps what was opened. */
import { type Account, allPages, type Category, type Vitals, VitalsError, type Window } from "@cw-vitals/client";
import type { BatchInfo } from "@cw-vitals/client/anchor";
import { revived } from "../worker/errors";
import type { Core } from "../worker/pool";
import type { OpenedMessage, ReadJob } from "../worker/protocol";
import type { ForgetfulCache } from "./cache";
import { codeOf } from "./errors";
import { batchKey, type ReadFailure } from "./gather";
import type { Head } from "./live";
import { paced } from "./pace";

/** What was read so far of one request. */
export interface ReadState {
  batches: ReadonlyMap<string, OpenedMessage>;
  failures: readonly ReadFailure[];
  asOf: Head;
  /** While it works. */
  progress?: { done: number; total: number };
  /** Batches that are still to be opened, also where the work was stopped; absent where there are none. */
  awaited?: readonly BatchInfo[];
  /** From the browser's own keeping alone. */
  kept?: boolean;
}

export interface ReadContext {
  vitals: Vitals;
  account: Account;
  cache: ForgetfulCache;
  core: () => Core;
  /** Name of the request in the cache. */
  name: string;
  job: ReadJob;
  signal: AbortSignal;
  /** What is held of an earlier attempt. */
  before: ReadState | undefined;
  onState(state: ReadState): void;
}

/** Of a list, at once. */
const PAGE = 30;

/**
 * Opens what is not held yet. What could not be opened is told beside it.
 * @throws VitalsError of the consent contract where nothing may be read any more: what was kept is removed
 */
export async function readBatches(context: ReadContext): Promise<ReadState> {
  const { vitals, job, cache, name, before } = context;
  const asOf = await vitals.head();
  await checkAllowed(context);
  const infos = (
    await Promise.all(job.categories.map((category) => listed(vitals, job, category, context.signal)))
  ).flat();
  const batches = new Map<string, OpenedMessage>();
  const wanted: BatchInfo[] = [];
  for (const info of infos) {
    const held = before?.batches.get(batchKey(info)) ?? (await keptBatch(cache, info));
    if (held) batches.set(batchKey(info), held);
    else wanted.push(info);
  }
  const keep = () => cache.put(name, { infos: infos.filter((info) => batches.has(batchKey(info))), asOf });
  const failures = await openAll({ ...context, keep }, wanted, batches, asOf);
  await keep();
  return { batches, failures, asOf };
}

/** Opens `wanted` into `batches`; gives those that failed. */
async function openAll(
  { core, account, job, cache, signal, onState, keep }: ReadContext & { keep(): Promise<void> },
  wanted: readonly BatchInfo[],
  batches: Map<string, OpenedMessage>,
  asOf: Head,
): Promise<ReadFailure[]> {
  const failures: ReadFailure[] = [];
  const total = wanted.length;
  const awaited = new Set(wanted.map(batchKey));
  const untold = (error: unknown) =>
    wanted.filter((info) => awaited.has(batchKey(info))).map((info): ReadFailure => ({ info, error }));
  const step = paced(() => {
    const progress = { done: total - awaited.size, total };
    const left = wanted.filter((info) => awaited.has(batchKey(info)));
    onState({ batches: new Map(batches), failures: [...failures], asOf, progress, awaited: left });
  });
  if (total > 0) step();
  for (const window of windowsOf(wanted)) {
    const categories = job.categories.filter((category) => wanted.some((info) => info.id.category === category));
    await core()
      .read(
        { ...job, window, categories },
        account,
        {
          opened(batch) {
            const key = batchKey(batch.info);
            awaited.delete(key);
            batches.set(key, batch);
            void cache.put(`batch/${key}`, batch, aboutReadings(job.patient, batch.info.id.category));
            step();
          },
          failed({ info, error }) {
            // of an hour that was held in part: only what was asked for counts
            if (awaited.delete(batchKey(info))) failures.push({ info, error: revived(error) });
            step();
          },
          progress: () => undefined,
        },
        signal,
      )
      .catch(async (error: unknown) => {
        if (signal.aborted || isRefusal(error)) throw error;
        // what is held stays, also for later without a network, beside what could not be opened
        await keep();
        onState({ batches: new Map(batches), failures: [...failures, ...untold(error)], asOf });
        throw error;
      });
  }
  return [...failures, ...untold(new VitalsError("reader/missing", "nothing was told of this batch"))];
}

/** Access ended: what was opened is taken off the screen. A failing connection is no refusal. */
export function isRefusal(error: unknown): boolean {
  return codeOf(error)?.startsWith("consent/") ?? false;
}

/** Contiguous hours that hold something wanted. */
export function windowsOf(wanted: readonly BatchInfo[]): Window[] {
  const epochs = [...new Set(wanted.map((info) => info.id.epoch))].sort((a, b) => a - b);
  const windows: Window[] = [];
  for (const epoch of epochs) {
    const last = windows.at(-1);
    if (last && last.to === epoch) last.to = epoch + 1;
    else windows.push({ from: epoch, to: epoch + 1 });
  }
  return windows;
}

/** The contract decides, before anything that is held is shown again. */
async function checkAllowed({ vitals, job, cache, name }: ReadContext): Promise<void> {
  const { patient, purpose, ground, window, reader } = job;
  let refused: VitalsError | undefined;
  for (const category of job.categories) {
    const asked = { action: "read", category, ground, patient, purpose, who: reader.address, window } as const;
    const decision = await vitals.consent.decide(asked);
    if ("permit" in decision) continue;
    await cache.forget(aboutReadings(patient, category));
    refused ??= new VitalsError(decision.refuse.code, decision.refuse.reason);
  }
  if (!refused) return;
  await cache.remove(name);
  throw refused;
}

/** What batches that are kept are of, in whatever request they were read: access is given and ends by category. */
export const aboutReadings = (patient: string, category: Category) => `readings/${patient}/${category}`;

/** What the chain points to; a list is asked for in pages of the contracts' most. */
function listed(
  vitals: Vitals,
  { patient, window }: ReadJob,
  category: Category,
  signal: AbortSignal,
): Promise<BatchInfo[]> {
  return allPages(async (after: BatchInfo | undefined) => {
    signal.throwIfAborted();
    const hours = { from_epoch: window.from, to_epoch: window.to };
    const asked = { patient, category, ...hours, limit: PAGE, start_after: after?.id ?? null };
    return (await vitals.anchor.batches(asked)).batches;
  });
}

interface Manifest {
  infos: BatchInfo[];
  asOf: Head;
}

/** What this browser kept of a request, for when there is no network. */
export async function keptState(cache: ForgetfulCache, name: string): Promise<ReadState | undefined> {
  const manifest = (await cache.get<Manifest>(name))?.value;
  if (!manifest) return undefined;
  const batches = new Map<string, OpenedMessage>();
  for (const info of manifest.infos) {
    const batch = await keptBatch(cache, info);
    if (batch) batches.set(batchKey(info), batch);
  }
  return { batches, failures: [], asOf: manifest.asOf, kept: true };
}

async function keptBatch(cache: ForgetfulCache, info: BatchInfo): Promise<OpenedMessage | undefined> {
  const found = await cache.get<OpenedMessage>(`batch/${batchKey(info)}`);
  return found && { ...found.value, info };
}
