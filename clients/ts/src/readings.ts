// A patient's readings: from the chain's pointers and the vaults' ciphertext to verified numbers.

import { type OpenedBatch as CoreBatch, Identity, inCore, KeyPackage, type Keyring, loadCore } from "./core/index.js";
import { VitalsError } from "./errors.js";
import type { BatchInfo } from "./generated/anchor.js";
import type { Purpose } from "./generated/consent.js";
import type { BatchId, Category, GroundRef, Uint64, Window } from "./generated/shared.js";
import { inOrder } from "./in-order.js";
import { PAGE, pages } from "./pages.js";
import type { Vaults } from "./vaults.js";
import type { Vitals } from "./vitals.js";

/** What is asked for. */
export interface ReadRequest {
  readonly patient: Uint64;
  readonly categories: readonly Category[];
  /** Whole hours of measurement since 1970, `[from, to)`: see `hours`. */
  readonly window: Window;
  readonly purpose: Purpose;
  /** What the request rests on. */
  readonly ground: GroundRef;
  /** The grant whose package has the keys, where the ground is no grant: a guardian's. */
  readonly packageOf?: Uint64;
}

/** A batch whose readings are what the device measured: decrypted, and checked against the anchored root. */
export interface OpenedBatch {
  readonly verified: true;
  readonly info: BatchInfo;
  /** Some or all of it was made by a program, and not measured on a person. */
  readonly simulated: boolean;
  /** Of each reading: the code of its measure (`measures()` of the core). In order of signing. */
  readonly measures: Uint16Array;
  /** In the measure's unit: `/min`, `%`, `Cel`, … */
  readonly values: Float64Array;
  /** Milliseconds since 1970. */
  readonly times: Float64Array;
  /** Bit 0: simulated; bits 1 and 2: quality, 0 good, 1 questionable, 2 poor. */
  readonly flags: Uint8Array;
}

/** A batch that there is and that could not be opened, and why. */
export interface FailedBatch {
  readonly verified: false;
  readonly info: BatchInfo;
  /** `vault/…`, `reader/…`, `payload/…`, `keys/none`, or consent's refusal. */
  readonly error: VitalsError;
}

/** How far reading is. */
export interface Progress {
  /** Batches that were opened or failed. */
  readonly done: number;
  readonly of: number;
}

export interface ReadOptions {
  /** Ends it: the iteration throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Batches that are asked for at once; 6 where absent. A wallet asks its user for each request. */
  readonly atOnce?: number | undefined;
}

/** What opens batches: the patient's own keys, an identity that packages are sealed to, or an opened package. */
export type Keys = Keyring | Identity | KeyPackage;

const AT_ONCE = 6;
const HOUR_MS = 3_600_000;

/** The whole hours that a time from `fromMs` to before `toMs` lies in, milliseconds since 1970. */
export function hours(fromMs: number, toMs: number): Window {
  return { from: Math.floor(fromMs / HOUR_MS), to: Math.ceil(toMs / HOUR_MS) };
}

/** Reads as one account with its keys. */
export class Reader {
  constructor(
    private readonly vitals: Vitals,
    private readonly vaults: Vaults,
    private readonly keys: Keys,
  ) {}

  /**
   * Every batch there is, by category in the order asked and by hour, opened or with what kept it from being
   * opened: none is left out.
   * @throws VitalsError where no batch can be opened at all: `keys/none`, consent's refusal of the package,
   * `node/…`; the signal's reason where it is aborted
   */
  async *open(request: ReadRequest, options: ReadOptions = {}): AsyncGenerator<OpenedBatch | FailedBatch> {
    for await (const { info, opened } of this.batches(request, options)) {
      yield opened instanceof VitalsError ? { verified: false, info, error: opened } : columns(info, opened);
    }
  }

  /**
   * The same, as objects of the core for `Monitor`, `ClaimSearch` and other parts of it. Whoever takes one frees it.
   * @throws VitalsError as `open` does
   */
  async *batches(
    request: ReadRequest,
    { signal, onProgress, atOnce = AT_ONCE }: ReadOptions = {},
  ): AsyncGenerator<{ info: BatchInfo; opened: CoreBatch | VitalsError }> {
    await loadCore();
    const infos = await this.anchored(request, signal);
    onProgress?.({ done: 0, of: infos.length });
    if (infos.length === 0) return;
    const keys = await this.keysFor(request, signal);
    let done = 0;
    for await (const read of inOrder(infos, atOnce, (info) => this.openOne(info, keys, request, signal))) {
      done += 1;
      onProgress?.({ done, of: infos.length });
      yield read;
    }
  }

  /** What the chain points to. */
  private async anchored({ patient, categories, window }: ReadRequest, signal?: AbortSignal): Promise<BatchInfo[]> {
    const all: BatchInfo[] = [];
    for (const category of categories) {
      const ask = async (last: BatchInfo | undefined): Promise<BatchInfo[]> => {
        signal?.throwIfAborted();
        const start_after = last?.id ?? null;
        const asked = { patient, category, from_epoch: window.from, to_epoch: window.to, start_after, limit: PAGE };
        return (await this.vitals.anchor.batches(asked)).batches;
      };
      for await (const info of pages(ask, (a, b) => sameBatch(a.id, b.id))) all.push(info);
    }
    return all;
  }

  private async keysFor(request: ReadRequest, signal?: AbortSignal): Promise<Keyring | KeyPackage> {
    if (!(this.keys instanceof Identity)) return this.keys;
    const grant = "grant" in request.ground ? String(request.ground.grant.id) : request.packageOf;
    if (grant === undefined)
      throw new VitalsError("keys/none", "an identity opens packages, and the request names no grant");
    return openPackage(this.vitals, this.vaults, this.keys, request.patient, grant, signal);
  }

  private async openOne(
    info: BatchInfo,
    keys: Keyring | KeyPackage,
    { purpose, ground }: ReadRequest,
    signal?: AbortSignal,
  ): Promise<{ info: BatchInfo; opened: CoreBatch | VitalsError }> {
    try {
      if (info.shredded)
        throw new VitalsError("reader/shredded", "the patient shredded this batch: its pointer is gone for ever");
      const sealed = await this.vaults.getBatch(info.id, info.digest, purpose, ground, { signal });
      return { info, opened: inCore(() => keys.openBatch(info, sealed)) };
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof VitalsError) || error.code.startsWith("wallet/")) throw error;
      return { info, opened: error };
    }
  }
}

/**
 * The key package of a grant, fetched and opened.
 * @throws VitalsError `keys/none` where the grant has none, `age/…` where the identity does not open it
 */
export async function openPackage(
  vitals: Vitals,
  vaults: Vaults,
  identity: Identity,
  patient: Uint64,
  grant: Uint64,
  signal?: AbortSignal,
): Promise<KeyPackage> {
  await loadCore();
  const { package: kept } = await vitals.consent.grant({ patient, grant });
  if (!kept) throw new VitalsError("keys/none", `grant ${grant} has no key package yet`);
  const file = await vaults.getPackage(patient, grant, kept.digest, undefined, { signal });
  return inCore(() => KeyPackage.open(file, identity));
}

function columns(info: BatchInfo, batch: CoreBatch): OpenedBatch {
  const { simulated, measures, values, times, flags } = batch;
  batch.free();
  return { verified: true, info, simulated, measures, values, times, flags };
}

const sameBatch = (a: BatchId, b: BatchId): boolean =>
  a.epoch === b.epoch && a.device === b.device && a.sequence === b.sequence;
