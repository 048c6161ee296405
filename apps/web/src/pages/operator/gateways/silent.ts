/** Devices that should measure and of which nothing comes: what anchors no longer is in no list of anchorings. */
import type { Vitals } from "@cw-vitals/client";
import type { DeviceHead } from "@cw-vitals/client/anchor";
import type { DeviceInfo } from "@cw-vitals/client/registry";
import { eachOf, isFound, lastNumber, newest } from "../lib/numbered";
import { measuredLast } from "./sealers";

/** Devices that are looked at, the newest. */
export const LOOKED_AT = 500;
/** A batch is closed at the end of its hour at the latest, and then has to be sent. */
export const FRESH_MS = 2 * 3_600_000;

export interface Watched {
  info: DeviceInfo;
  head: DeviceHead;
}

export interface WatchedDevices {
  /** Active and paired. */
  devices: Watched[];
  /** There are older devices than were looked at. */
  cut: boolean;
}

export async function watchedDevices(vitals: Vitals): Promise<WatchedDevices> {
  const { registry, anchor } = vitals;
  const last = await lastNumber((number) => isFound(registry.device({ device: String(number) })));
  const infos = await eachOf(newest(last, LOOKED_AT), (number) => registry.device({ device: String(number) }));
  const paired = infos.filter(({ status, patient }) => status === "active" && patient != null);
  const devices = await eachOf(paired, async (info) => ({ info, head: await anchor.device({ device: info.device }) }));
  return { devices, cut: last > LOOKED_AT };
}

/** Those of which nothing was measured lately, as far as it is anchored; who was silent longest first. */
export function silent(devices: readonly Watched[], nowMs: number): Watched[] {
  const since = ({ head }: Watched) => measuredLast(head) ?? 0;
  return devices.filter((one) => nowMs - since(one) >= FRESH_MS).sort((a, b) => since(a) - since(b));
}
