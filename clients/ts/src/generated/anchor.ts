// Generated from schema/ by `npm run generate`; do not edit.

import type { OneOf, Queried } from "../contract.js";
import type { AdminInfo, AdminMsg, Assurance, BatchId, Binary, Category, GroundRef, Measure, Uint64, Window } from "./shared.js";

// anchor: `vitals-anchor`

export interface BatchInfo {
  anchored_at_ms: number;
  assurance: Assurance;
  calibrated: boolean;
  count: number;
  /** SHA-256 of the ciphertext: vaults serve by it. */
  digest: Binary;
  first_at_ms: number;
  generation: number;
  id: BatchId;
  last_at_ms: number;
  /** 0 once shredded. */
  length: number;
  /** What the device's model measured then; all where the batch is of the first release. */
  measures: Measure[];
  pairing: number;
  private_root?: Binary | null;
  /** Empty once shredded, as the digest is. */
  root: Binary;
  /** Absent while the pointer is kept. */
  shredded?: ShreddedInfo | null;
  simulated: boolean;
}

export interface BatchesPage {
  batches: BatchInfo[];
}

export interface ConfigInfo {
  consent: string;
  deployment_id: Binary;
  registry: string;
}

export interface DeviceHead {
  /** Per category, the time of the last reading anchored. */
  last: LastReading[];
  /** Number of the last batch, anchored or given up by a gap notice; 0 where there is none. */
  sequence: Uint64;
}

/** Batches `from..next` of a device will never come, as the device says. */
export interface GapInfo {
  from: Uint64;
  /** When the device last measured before it went on, by its own clock. */
  last_at_ms: number;
  next: Uint64;
  /** Block time of the notice. */
  noted_at_ms: number;
  /** The pairing the device went on in. */
  pairing: number;
  reason: GapReason;
}

/** Why batches are missing. */
export type GapReason =
  | "power_lost" | "storage_lost" | "clock_set"
  /**
   * Closed for a patient who had the device before, and never sent: they must not hold up the one who has it
   * now.
   */
  | "pairing_ended"
  /** Measured while the device was suspended or recalled: the chain takes none of it. */
  | "halted";

export interface GapsPage {
  gaps: GapInfo[];
  /** Numbers that all of the device's notices gave up together, on this page or not. */
  missing: Uint64;
}

export interface LastReading {
  at_ms: number;
  category: Category;
}

export interface ShreddedInfo {
  /** Block time. */
  at_ms: number;
  by: string;
}

export interface VerifiedReading {
  at_ms: number;
  index: number;
  measure: Measure;
  simulated: boolean;
  /** Fixed point at the measure's scale. */
  value: number;
}

export interface VerifiedReadings {
  readings: VerifiedReading[];
}

/** Messages of `vitals-anchor` by name, each with what it carries. */
export interface ExecuteMsgs {
  /** Housekeeping, see `AdminMsg`. */
  admin: AdminMsg;
  /**
   * The patient, or a sealer by the grant it names: anchors 1 to 64 batches of that patient's devices, all or
   * none. Each is the bytes of a `SealedBatch`. No funds. Fails while paused, and unless: the device's signature
   * is good, by the key that holds for the number; the sequence number is exactly the device's last plus one;
   * times are in order, after the device's previous batch of that category, and end no later than two minutes
   * after the block; the pairing held, and the device was neither lost nor suspended, recalled or retired, while
   * it measured; and the generation is open (or the one before, for what was measured before the raise).
   */
  anchor: {
    batches: Binary[];
    ground: GroundRef;
  };
  /**
   * Anybody: records a hole that the device itself signed for, so that its next batch may skip those numbers.
   * The body is a `GapNotice` from exactly the last number plus one, over at most 1,000,000 numbers, in a
   * pairing the device had. No funds. Goes on while paused. Fails where the device says it measured last before
   * what it anchored last, more than two minutes after the block, or when it was lost; beyond the last number a
   * retired device signed; and, for what an earlier pairing left, where the named one had begun by then.
   */
  note_gap: {
    notice: Binary;
    signature: Binary;
  };
  /**
   * The patient, and nobody for it, since it cannot be undone: takes the pointers (roots, digest, length) of
   * these categories' batches in a window away for ever. That there were batches, when and of how many readings,
   * stays, with who shredded them and when. No funds. Goes on while paused. Looks at no more than 64 batches:
   * the answer, a `ShredAnswer`, says where to go on, which the next message takes as `start_after`. Fails on an
   * empty list or window, and on a cursor of another patient, category or window. What is anchored later is not
   * shredded.
   */
  shred: {
    categories: Category[];
    patient: Uint64;
    start_after?: BatchId | null;
    window: Window;
  };
}

/** Queries of `vitals-anchor` by name, each with what it asks. */
export interface QueryMsgs {
  admin: Record<string, never>;
  config: Record<string, never>;
  batch: {
    id: BatchId;
  };
  /** A patient's batches of a category, by epoch, then device and sequence. */
  batches: {
    category: Category;
    /** First epoch; the earliest where absent. */
    from_epoch?: number | null;
    limit?: number | null;
    patient: Uint64;
    /** The last batch of the page before. */
    start_after?: BatchId | null;
    /** First epoch after; none where absent. */
    to_epoch?: number | null;
  };
  device: {
    device: Uint64;
  };
  /** Holes in a device's batches that it signed for, oldest first. */
  gaps: {
    device: Uint64;
    limit?: number | null;
    /** First missing number of the last gap of the page before. */
    start_after?: Uint64 | null;
  };
  /** Checks readings with a multiproof against an anchored batch. */
  verify_reading: {
    id: BatchId;
    proof: Binary;
  };
}

/** The answer to each query. */
export interface Responses {
  admin: AdminInfo;
  batch: BatchInfo;
  batches: BatchesPage;
  config: ConfigInfo;
  device: DeviceHead;
  gaps: GapsPage;
  verify_reading: VerifiedReadings;
}

/** One message, as it goes to the contract. */
export type ExecuteMsg = OneOf<ExecuteMsgs>;

/** One query, as it goes to the contract. */
export type QueryMsg = OneOf<QueryMsgs>;

/** Asks `vitals-anchor`; fails as `Queried.smart` does. */
export class AnchorQueries {
  constructor(
    private readonly node: Queried,
    /** The contract's. */
    readonly address: string,
  ) {}

  admin(): Promise<Responses["admin"]> {
    return this.node.smart(this.address, { admin: {} });
  }

  config(): Promise<Responses["config"]> {
    return this.node.smart(this.address, { config: {} });
  }

  batch(args: QueryMsgs["batch"]): Promise<Responses["batch"]> {
    return this.node.smart(this.address, { batch: args });
  }

  /** A patient's batches of a category, by epoch, then device and sequence. */
  batches(args: QueryMsgs["batches"]): Promise<Responses["batches"]> {
    return this.node.smart(this.address, { batches: args });
  }

  device(args: QueryMsgs["device"]): Promise<Responses["device"]> {
    return this.node.smart(this.address, { device: args });
  }

  /** Holes in a device's batches that it signed for, oldest first. */
  gaps(args: QueryMsgs["gaps"]): Promise<Responses["gaps"]> {
    return this.node.smart(this.address, { gaps: args });
  }

  /** Checks readings with a multiproof against an anchored batch. */
  verifyReading(args: QueryMsgs["verify_reading"]): Promise<Responses["verify_reading"]> {
    return this.node.smart(this.address, { verify_reading: args });
  }
}
