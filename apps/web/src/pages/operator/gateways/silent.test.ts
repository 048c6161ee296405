import { type Vitals, VitalsError } from "@cw-vitals/client";
import { expect, it } from "vitest";
import { FRESH_MS, silent, type Watched, watchedDevices } from "./silent";

const NOW = 10 * FRESH_MS;
const watched = (device: string, atMs?: number): Watched =>
  ({ info: { device }, head: { last: atMs === undefined ? [] : [{ at_ms: atMs }] } }) as unknown as Watched;

it("a device is silent once nothing of two hours is anchored, and first whoever was silent longest", () => {
  const devices = [watched("1", NOW - 1), watched("2", NOW - FRESH_MS), watched("3"), watched("4", NOW - FRESH_MS + 1)];
  expect(silent(devices, NOW).map(({ info }) => info.device)).toEqual(["3", "2"]);
});

it("devices are walked by number: one that anchors no longer is there, and one that is unpaired or retired is not", async () => {
  const known: Record<string, object> = {
    1: { device: "1", status: "active", patient: "7" },
    2: { device: "2", status: "active", patient: null },
    3: { device: "3", status: "retired", patient: "7" },
  };
  const device = async ({ device: number }: { device: string }) => {
    if (known[number]) return known[number];
    throw new VitalsError("state/not_found", "no such device");
  };
  const vitals = { registry: { device }, anchor: { device: async () => ({ last: [] }) } } as unknown as Vitals;
  const { devices, cut } = await watchedDevices(vitals);
  expect(devices.map(({ info }) => info.device)).toEqual(["1"]);
  expect(cut).toBe(false);
});
