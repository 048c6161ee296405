/** How a device stands, the worst first. */
import type { DeviceInfo, RecallInfo } from "@cw-vitals/client/registry";
import type { Level } from "../../../ui";

export const STANDINGS = ["retired", "lost", "recalled", "suspended", "paired", "free"] as const;
export type Standing = (typeof STANDINGS)[number];

export function standingOf(device: Pick<DeviceInfo, "status" | "lost_from_ms" | "recalled" | "patient">): Standing {
  if (device.status === "retired") return "retired";
  if (device.lost_from_ms != null) return "lost";
  if (device.recalled) return "recalled";
  if (device.status === "suspended") return "suspended";
  return device.patient == null ? "free" : "paired";
}

const LEVELS: Record<Standing, Level> = {
  retired: "unknown",
  lost: "danger",
  recalled: "warning",
  suspended: "warning",
  paired: "good",
  free: "note",
};

export const levelOf = (standing: Standing): Level => LEVELS[standing];

/** A recall that covers the device's firmware, which the device does not bear yet: anybody may mark it. */
export function unmarkedRecall(
  { firmware, recalled, status }: Pick<DeviceInfo, "firmware" | "recalled" | "status">,
  recalls: readonly RecallInfo[],
): RecallInfo | undefined {
  if (recalled || status === "retired") return undefined;
  return recalls.find(({ from_firmware, to_firmware }) => from_firmware <= firmware && firmware <= to_firmware);
}
