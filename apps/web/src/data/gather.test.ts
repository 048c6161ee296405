import type { BatchInfo } from "@cw-vitals/client/anchor";
import { describe, expect, it } from "vitest";
import type { OpenedMessage } from "../worker/protocol";
import { gather, unopenedGaps } from "./gather";
import { windowsOf } from "./read";

const info = (part: Partial<BatchInfo> & { epoch?: number }) =>
  ({ id: { epoch: part.epoch ?? 0 }, first_at_ms: 0, last_at_ms: 0, ...part }) as BatchInfo;

function batch(
  first: number,
  readings: [measure: number, at: number, value: number][],
  simulated = false,
): OpenedMessage {
  return {
    info: info({ first_at_ms: first }),
    simulated,
    measures: Uint16Array.from(readings, ([measure]) => measure),
    times: Float64Array.from(readings, ([, at]) => at),
    values: Float64Array.from(readings, ([, , value]) => value),
    flags: new Uint8Array(readings.length),
  };
}

const window = { from: 0, to: 1000 };

describe("series", () => {
  it("each measure gets its own readings, in order of time over all batches", () => {
    const batches = [
      batch(10, [
        [1, 10, 72],
        [5, 11, 120],
        [1, 12, 73],
      ]),
      batch(0, [[1, 0, 70]]),
    ];
    const [pulse, systolic] = gather(batches, ["heart_rate", "systolic_pressure"], window);
    expect([...(pulse?.values ?? [])]).toEqual([70, 72, 73]);
    expect([...(systolic?.values ?? [])]).toEqual([120]);
  });

  it("batches of two devices that overlap are sorted together", () => {
    const batches = [
      batch(0, [
        [1, 0, 1],
        [1, 4, 3],
      ]),
      batch(2, [
        [1, 2, 2],
        [1, 6, 4],
      ]),
    ];
    const [pulse] = gather(batches, ["heart_rate"], window);
    expect([...(pulse?.times ?? [])]).toEqual([0, 2, 4, 6]);
    expect([...(pulse?.values ?? [])]).toEqual([1, 2, 3, 4]);
  });

  it("what is outside of the window is cut off", () => {
    const [pulse] = gather(
      [
        batch(0, [
          [1, -1, 1],
          [1, 0, 2],
          [1, 1000, 3],
        ]),
      ],
      ["heart_rate"],
      window,
    );
    expect([...(pulse?.values ?? [])]).toEqual([2]);
  });

  it("a series is simulated only where a simulated batch has readings of it", () => {
    const batches = [batch(0, [[1, 0, 1]], true), batch(1, [[3, 1, 14]])];
    const [pulse, breath] = gather(batches, ["heart_rate", "respiratory_rate"], window);
    expect(pulse?.simulated).toBe(true);
    expect(breath?.simulated).toBe(false);
  });

  it("a measure without readings is there with none", () => {
    expect(gather([], ["glucose"], window)[0]?.times).toHaveLength(0);
  });
});

it("what could not be opened is a gap over its hours", () => {
  const failures = [info({ first_at_ms: 5, last_at_ms: 9 }), info({ first_at_ms: 8, last_at_ms: 12 })];
  expect(unopenedGaps(failures.map((one) => ({ info: one, error: undefined })))).toEqual([
    { from: 5, to: 12, kind: "unopened" },
  ]);
});

it("only hours that hold something wanted are read, neighbours at once", () => {
  const wanted = [7, 3, 4, 4, 9].map((epoch) => info({ epoch }));
  expect(windowsOf(wanted)).toEqual([
    { from: 3, to: 5 },
    { from: 7, to: 8 },
    { from: 9, to: 10 },
  ]);
});
