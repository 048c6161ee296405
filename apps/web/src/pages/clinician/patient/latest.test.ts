import { describe, expect, it } from "vitest";
import type { Threshold } from "../../care/plan";
import { latestOf, tileState } from "./latest";

const HOUR = 3_600_000;
const series = (values: number[], flags = values.map(() => 0)) => ({
  measure: "oxygen_saturation" as const,
  values: Float64Array.from(values),
  times: Float64Array.from(values, (_, place) => place * 1000),
  flags: Uint8Array.from(flags),
});
const LOW: Threshold = {
  rule: 1,
  measure: "oxygen_saturation",
  comparison: "at_most",
  value: 900,
  for_readings: 3,
  severity: "urgent",
  ladder: 1,
};

describe("the latest reading", () => {
  it("passes over what the device calls poor, and says whether it is simulated", () => {
    expect(latestOf([series([97, 40], [0, 0b100])], "oxygen_saturation")).toEqual({
      value: 97,
      atMs: 0,
      simulated: false,
    });
    expect(latestOf([series([97, 96], [0, 0b011])], "oxygen_saturation")?.simulated).toBe(true);
  });

  it("is none where there is none", () => {
    expect(latestOf([], "oxygen_saturation")).toBeUndefined();
    expect(latestOf([series([])], "oxygen_saturation")).toBeUndefined();
    expect(latestOf([series([97])], "heart_rate")).toBeUndefined();
  });
});

describe("how it stands", () => {
  const stands = (value: number | undefined, change: Partial<Parameters<typeof tileState>[0]> = {}) =>
    tileState({
      measure: "oxygen_saturation",
      latest: value === undefined ? undefined : { value, atMs: 0, simulated: false },
      thresholds: [LOW],
      newer: false,
      nowMs: 1000,
      ...change,
    });

  it("is by the plan’s limits, the limit itself counted", () => {
    expect([stands(90), stands(90.1)]).toEqual(["beyond", "within"]);
  });

  it("is never good where nothing was measured, lately, or no limit is set", () => {
    expect(stands(undefined)).toBe("none");
    expect(stands(99, { nowMs: HOUR + 1 })).toBe("old");
    expect(stands(99, { thresholds: [{ ...LOW, measure: "heart_rate" }] })).toBe("unwatched");
  });

  it("is not good where the plan’s limits are not known, or a later reading is not opened", () => {
    expect(stands(99, { thresholds: undefined })).toBe("limits_unknown");
    expect(stands(99, { newer: true })).toBe("newer");
    expect(stands(80, { newer: true })).toBe("beyond");
  });
});
