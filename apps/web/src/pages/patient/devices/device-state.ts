/** How a device stands, in the word that matters most. */
import type * as registry from "@cw-vitals/client/registry";
import type { Level } from "../../../ui/State";

export type DeviceStanding = "in_use" | "past" | "lost" | "suspended" | "recalled" | "retired";

const LEVEL: Record<DeviceStanding, Level> = {
  in_use: "good",
  past: "note",
  lost: "danger",
  suspended: "watch",
  recalled: "danger",
  retired: "note",
};

type Told = Pick<registry.DeviceInfo, "status" | "patient" | "lost_from_ms" | "recalled">;

/** Of a device that is or was with the patient. */
export function standing(device: Told, patient: string): { standing: DeviceStanding; level: Level } {
  const word = standingOf(device, patient);
  return { standing: word, level: LEVEL[word] };
}

function standingOf(device: Told, patient: string): DeviceStanding {
  if (device.status === "retired") return "retired";
  if (device.patient !== patient) return "past";
  if (device.lost_from_ms != null) return "lost";
  if (device.recalled) return "recalled";
  return device.status === "suspended" ? "suspended" : "in_use";
}

export type LostProblem = "date" | "future" | "before_pairing" | "later";

/**
 * Whether a device can be reported lost from a time that was typed, in whole minutes. A later report may only move
 * an earlier one back.
 */
export function lostFrom(
  typed: number | undefined,
  device: Pick<registry.DeviceInfo, "paired_from_ms" | "lost_from_ms">,
  now: number,
): { ms: number } | { problem: LostProblem } {
  if (typed === undefined) return { problem: "date" };
  if (typed > now) return { problem: "future" };
  // the minute the pairing began in counts as its start
  const start = device.paired_from_ms ?? 0;
  if (start - typed >= 60_000) return { problem: "before_pairing" };
  if (device.lost_from_ms != null && typed > device.lost_from_ms) return { problem: "later" };
  return { ms: Math.max(typed, start) };
}
