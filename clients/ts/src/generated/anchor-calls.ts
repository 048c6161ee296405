// Generated from schema/ by `npm run generate`; do not edit.

import type { ContractCall } from "../contract.js";
import type { ExecuteMsgs } from "./anchor.js";

// Builds messages of `vitals-anchor` for `Vitals.send`; sends nothing.

/** Housekeeping, see `AdminMsg`. */
export function admin(args: ExecuteMsgs["admin"]): ContractCall {
  return { contract: "anchor", msg: { admin: args } };
}

/**
 * The patient, or a sealer by the grant it names: anchors 1 to 64 batches of that patient's devices, all or
 * none. Each is the bytes of a `SealedBatch`. No funds. Fails while paused, and unless: the device's signature
 * is good, by the key that holds for the number; the sequence number is exactly the device's last plus one;
 * times are in order, after the device's previous batch of that category, and end no later than two minutes
 * after the block; the pairing held, and the device was neither lost nor suspended, recalled or retired, while
 * it measured; and the generation is open (or the one before, for what was measured before the raise).
 */
export function anchor(args: ExecuteMsgs["anchor"]): ContractCall {
  return { contract: "anchor", msg: { anchor: args } };
}

/**
 * Anybody: records a hole that the device itself signed for, so that its next batch may skip those numbers. The
 * body is a `GapNotice` from exactly the last number plus one, over at most 1,000,000 numbers, in a pairing the
 * device had. No funds. Goes on while paused. Fails where the device says it measured last before what it
 * anchored last, more than two minutes after the block, or when it was lost; beyond the last number a retired
 * device signed; and, for what an earlier pairing left, where the named one had begun by then.
 */
export function noteGap(args: ExecuteMsgs["note_gap"]): ContractCall {
  return { contract: "anchor", msg: { note_gap: args } };
}

/**
 * The patient, and nobody for it, since it cannot be undone: takes the pointers (roots, digest, length) of these
 * categories' batches in a window away for ever. That there were batches, when and of how many readings, stays,
 * with who shredded them and when. No funds. Goes on while paused. Looks at no more than 64 batches: the answer,
 * a `ShredAnswer`, says where to go on, which the next message takes as `start_after`. Fails on an empty list or
 * window, and on a cursor of another patient, category or window. What is anchored later is not shredded.
 */
export function shred(args: ExecuteMsgs["shred"]): ContractCall {
  return { contract: "anchor", msg: { shred: args } };
}
