// Generated from schema/ by `npm run generate`; do not edit.

import type { ContractCall } from "../contract.js";
import type { ExecuteMsgs } from "./registry.js";

// Builds messages of `device-registry` for `Vitals.send`; sends nothing.

/** Housekeeping, see `AdminMsg`. */
export function admin(args: ExecuteMsgs["admin"]): ContractCall {
  return { contract: "registry", msg: { admin: args } };
}

/**
 * Owner: admits an organisation that attests devices, with the key it attests by. Replaces the name and key of a
 * maker already admitted, and ends its suspension. Fails while paused.
 */
export function admitMaker(args: ExecuteMsgs["admit_maker"]): ContractCall {
  return { contract: "registry", msg: { admit_maker: args } };
}

/** Owner: a suspended maker attests, lists and calibrates nothing more. What it attested stays. */
export function suspendMaker(args: ExecuteMsgs["suspend_maker"]): ContractCall {
  return { contract: "registry", msg: { suspend_maker: args } };
}

/**
 * A maker: lists a model. Its number is in the event `model_listed`. Measures are one or more, none twice;
 * firmware below `lowest_firmware` is neither registered nor paired. Fails while paused, for a suspended maker,
 * and beyond `MAX_MODELS`.
 */
export function listModel(args: ExecuteMsgs["list_model"]): ContractCall {
  return { contract: "registry", msg: { list_model: args } };
}

/**
 * The model's maker, unless suspended: devices of the model may update to this version, whose image has this
 * SHA-256. Fails unless the version is above every approved one and not below the model's lowest.
 */
export function approveFirmware(args: ExecuteMsgs["approve_firmware"]): ContractCall {
  return { contract: "registry", msg: { approve_firmware: args } };
}

/**
 * The model's maker, unless suspended: firmware below is neither registered nor paired from now on. Fails unless
 * it is above the lowest there was, and at most the newest approved.
 */
export function raiseLowestFirmware(args: ExecuteMsgs["raise_lowest_firmware"]): ContractCall {
  return { contract: "registry", msg: { raise_lowest_firmware: args } };
}

/**
 * The model's maker, unless suspended, or the owner: what devices with firmware from one version to another
 * (both included) measure from now on does not count until they update out of that range. `reason` is the
 * SHA-256 of the published reason. Final; at most `MAX_RECALLS` a model, one fewer by its maker. Reaches each
 * device's own record by `MarkRecalled`.
 */
export function recall(args: ExecuteMsgs["recall"]): ContractCall {
  return { contract: "registry", msg: { recall: args } };
}

/**
 * Anybody: 1 to `MAX_MARKED` devices whose firmware is recalled bear it in their records, from the time of the
 * recall. One marked already is left as it is. Fails where no recall covers one of them, or one is retired.
 */
export function markRecalled(args: ExecuteMsgs["mark_recalled"]): ContractCall {
  return { contract: "registry", msg: { mark_recalled: args } };
}

/**
 * The account the body names: registers a device under a signature of its own (possession), and of its maker
 * (attestation) for full assurance. The body is a `Registration`. For a sensor that cannot sign, `holder` is the
 * registered gateway that keeps its key. The device's number is in the event `registered`. Fails while paused,
 * on a bad signature, an unknown model, firmware too low or recalled, or a key already registered.
 */
export function register(args: ExecuteMsgs["register"]): ContractCall {
  return { contract: "registry", msg: { register: args } };
}

/**
 * The patient, or a guardian with the power `grant`: takes a device. The device signs the body, a
 * `PairingAction`. Fails while paused, or when the device is paired already, lost, suspended, retired, or its
 * firmware too low or recalled.
 */
export function pair(args: ExecuteMsgs["pair"]): ContractCall {
  return { contract: "registry", msg: { pair: args } };
}

/**
 * The patient the device is paired with, or a guardian with the power `grant`: ends the pairing now, with the
 * device's signature over a `PairingAction` or, where it is broken or out of reach, without. Ends a suspension
 * too.
 */
export function unpair(args: ExecuteMsgs["unpair"]): ContractCall {
  return { contract: "registry", msg: { unpair: args } };
}

/**
 * The patient the device is paired with, or a guardian with the power `grant`: offers it to another. The device
 * signs the body, a `Transfer` that names both patients. Replaces an earlier offer; any later action of the
 * device makes it void. Fails while paused, and for a device that cannot be paired.
 */
export function transfer(args: ExecuteMsgs["transfer"]): ContractCall {
  return { contract: "registry", msg: { transfer: args } };
}

/**
 * The patient it was offered to, or a guardian with the power `grant`: ends the one pairing and begins the next.
 * Fails while paused, without an offer that still stands, and for a device that cannot be paired.
 */
export function acceptTransfer(args: ExecuteMsgs["accept_transfer"]): ContractCall {
  return { contract: "registry", msg: { accept_transfer: args } };
}

/**
 * The patient the device is paired with, or a guardian with the power `grant`: takes the offer back. Fails
 * without one.
 */
export function withdrawTransfer(args: ExecuteMsgs["withdraw_transfer"]): ContractCall {
  return { contract: "registry", msg: { withdraw_transfer: args } };
}

/**
 * The patient the device is paired with, or a guardian with the power `grant`; who registered it while it is
 * with nobody: what it measures from now on does not count, and it does not pair. Fails when it is suspended
 * already or retired.
 */
export function suspend(args: ExecuteMsgs["suspend"]): ContractCall {
  return { contract: "registry", msg: { suspend: args } };
}

/** Whoever may suspend it: it may be used again from now on. Fails when it is not suspended. */
export function restore(args: ExecuteMsgs["restore"]): ContractCall {
  return { contract: "registry", msg: { restore: args } };
}

/**
 * The patient the device is paired with, or a guardian with the power `revoke`: the device was lost from this
 * time on (milliseconds, from the pairing's start to now, both included). A later report may only move it
 * earlier. What was anchored stays and reads as after-lost. A lost device is never found: its key may have been
 * in other hands.
 */
export function reportLost(args: ExecuteMsgs["report_lost"]): ContractCall {
  return { contract: "registry", msg: { report_lost: args } };
}

/**
 * The patient the device is paired with, or a guardian with the power `grant`; who registered it while it is
 * with nobody: ends its use and its pairing for ever. The device signs its last sequence number in the body, a
 * `Retiring`, so that batches left out at the end are seen; without a signature, where it is dead, the number is
 * unknown and the record says so.
 */
export function retire(args: ExecuteMsgs["retire"]): ContractCall {
  return { contract: "registry", msg: { retire: args } };
}

/**
 * The patient the device is paired with, or a guardian with the power `grant`; who registered it while it is
 * with nobody: another key signs from a sequence number on, which is above that of the rotation before, by
 * `MAX_KEY_BATCHES` at most. Both keys sign the body, a `KeyRotation`. Actions and alerts take the new key at
 * once. Fails when the new key is or was a registered one, beyond `MAX_ROTATIONS`, and for a device lost or
 * retired.
 */
export function rotateKey(args: ExecuteMsgs["rotate_key"]): ContractCall {
  return { contract: "registry", msg: { rotate_key: args } };
}

/**
 * Anybody: hands in what the device signed, a `FirmwareUpdate`: it runs a version above its last, approved for
 * its model with this very image. Never downwards. Ends what a recall of the older firmware did. Fails for a
 * version too low or recalled and for a device retired.
 */
export function updateFirmware(args: ExecuteMsgs["update_firmware"]): ContractCall {
  return { contract: "registry", msg: { update_firmware: args } };
}

/**
 * The device's maker, unless suspended: the device is calibrated from a date not before now (now if absent)
 * until another. A calibration that lasts is only ever prolonged, without a gap. Fails for a device retired.
 */
export function calibrate(args: ExecuteMsgs["calibrate"]): ContractCall {
  return { contract: "registry", msg: { calibrate: args } };
}
