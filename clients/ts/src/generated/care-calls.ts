// Generated from schema/ by `npm run generate`; do not edit.

import type { ContractCall } from "../contract.js";
import type { ExecuteMsgs } from "./care.js";

// Builds messages of `care` for `Vitals.send`; sends nothing.

/** Housekeeping, see `AdminMsg`. */
export function admin(args: ExecuteMsgs["admin"]): ContractCall {
  return { contract: "care", msg: { admin: args } };
}

/**
 * The patient: who is called, tier after tier, and how long each may take. 1 to 4 tiers of 1 to 8 responders,
 * none twice in a tier, each tier at most a day. `ends_in_emergency` says that the last tier is the emergency
 * services or who calls them. Open alerts keep the version they began on. Fails while paused.
 */
export function setLadder(args: ExecuteMsgs["set_ladder"]): ContractCall {
  return { contract: "care", msg: { set_ladder: args } };
}

/**
 * The patient, or whoever may seal for the patient by the ground named: raises an alert that a device or gateway
 * paired with the patient signed. The body is an `AlertNotice`. It counts on the latest alert of the same device
 * and rule, whose number is then in the event `alert_counted`, while that is open, for `reopens_after_s` after
 * it was acknowledged if nobody resolves it, and for the cooldown after it was resolved; else a new one's number
 * is in `alert_raised`. A device with 32 unresolved alerts counts on its latest, of whatever rule, in the same
 * way. Never paused. Fails on a bad signature, a pairing other than the one that lasts, a number that is not
 * above the device's last, a time ahead of the block by more than two minutes, before the pairing or after the
 * device was lost, or a ladder the patient did not set. The ground must cover one of the device's categories.
 */
export function raiseAlert(args: ExecuteMsgs["raise_alert"]): ContractCall {
  return { contract: "care", msg: { raise_alert: args } };
}

/**
 * The patient, a guardian with the power `acknowledge`, or a responder of a tier already called whom the ground
 * named lets receive alerts: takes the alert on, or over from whoever has it. Never paused. Fails on an alert
 * that is resolved or the sender's already, and for the responder who opened the emergency that the alert tells
 * of.
 */
export function acknowledge(args: ExecuteMsgs["acknowledge"]): ContractCall {
  return { contract: "care", msg: { acknowledge: args } };
}

/**
 * The patient, or who has the alert now, while the ground it was acknowledged on still holds: ends an
 * acknowledged alert. Never paused.
 */
export function resolve(args: ExecuteMsgs["resolve"]): ContractCall {
  return { contract: "care", msg: { resolve: args } };
}

/**
 * Anybody, once a tier's seconds have passed without acknowledgement: calls the next tier, which the event
 * `alert_escalated` names. Never paused. Fails early, and on the last tier.
 */
export function escalate(args: ExecuteMsgs["escalate"]): ContractCall {
  return { contract: "care", msg: { escalate: args } };
}

/**
 * The consent contract: an emergency was opened. Raises an alert of it on the patient's lowest ladder; where the
 * patient set none, an alert without responders, which the patient and guardians can acknowledge. Never paused.
 * Fails on an emergency told before.
 */
export function consentHook(args: ExecuteMsgs["consent_hook"]): ContractCall {
  return { contract: "care", msg: { consent_hook: args } };
}

/**
 * A clinician with a live credential, on a grant for treatment that lets write plans over all the plan's
 * categories now: keeps the digest of an encrypted plan as the patient's next version, which is in the event
 * `plan_written`. In force only once acknowledged. `replaces` is the newest version the writer has seen, 0 where
 * there is none. Fails while paused, on a version other than the newest, and on a length outside 200 bytes to
 * 256 KiB.
 */
export function writePlan(args: ExecuteMsgs["write_plan"]): ContractCall {
  return { contract: "care", msg: { write_plan: args } };
}

/**
 * The patient, or a guardian with the power `acknowledge`: accepts a plan, which is in force while it is the
 * newest one accepted and not withdrawn. Never paused. Fails on a plan already acknowledged or withdrawn, and on
 * one older than the plan in force.
 */
export function acknowledgePlan(args: ExecuteMsgs["acknowledge_plan"]): ContractCall {
  return { contract: "care", msg: { acknowledge_plan: args } };
}

/**
 * The patient, or the plan's author unless the patient denies it everything: ends a plan for ever; the newest
 * one before it that was acknowledged and not withdrawn is in force again. Never paused. Fails on a plan
 * withdrawn already.
 */
export function withdrawPlan(args: ExecuteMsgs["withdraw_plan"]): ContractCall {
  return { contract: "care", msg: { withdraw_plan: args } };
}

/**
 * Whoever may write the plan (see `WritePlan`): signs an adherence report off, of which the digest is kept under
 * the number in the event `adherence_recorded`. Fails while paused, on a period that is not over, longer than
 * 366 days or begun before the plan was acknowledged, and one that ends after the plan was withdrawn.
 */
export function recordAdherence(args: ExecuteMsgs["record_adherence"]): ContractCall {
  return { contract: "care", msg: { record_adherence: args } };
}
