import { describe, expect, it } from "vitest";
import { gapsWithin, gapThreshold, mergeGaps, silences, usualInterval } from "./gaps";

const of = (times: number[], values: number[] = times) => ({
  times: Float64Array.from(times),
  values: Float64Array.from(values),
});

describe("gaps", () => {
  it("silence of more than five usual intervals is a gap", () => {
    const times = [0, 60, 120, 180, 480, 540].map((s) => s * 1000);
    expect(silences(of(times, times))).toEqual([]);
    const longer = [0, 60, 120, 180, 481, 540].map((s) => s * 1000);
    expect(silences(of(longer, longer))).toEqual([{ from: 180_000, to: 481_000, kind: "silence" }]);
  });

  it("less than ten seconds is none, however fast the device measures", () => {
    const times = [0, 100, 200, 300, 9_000];
    expect(silences(of(times, times))).toEqual([]);
  });

  it("one reading has no interval and no gap", () => {
    const one = of([5], [1]);
    expect(usualInterval(one.times)).toBeUndefined();
    expect(gapThreshold(one)).toBe(0);
    expect(silences(one)).toEqual([]);
  });

  it("gaps that touch become one, and what could not be opened is said", () => {
    const merged = mergeGaps([
      { from: 5, to: 9, kind: "silence" },
      { from: 0, to: 5, kind: "unopened" },
      { from: 20, to: 21, kind: "silence" },
    ]);
    expect(merged).toEqual([
      { from: 0, to: 9, kind: "unopened" },
      { from: 20, to: 21, kind: "silence" },
    ]);
  });

  it("silences that touch stay two: between them something was measured", () => {
    const touching = [
      { from: 0, to: 5, kind: "silence" as const },
      { from: 5, to: 9, kind: "silence" as const },
    ];
    expect(mergeGaps(touching)).toEqual(touching);
  });
});

describe("a window", () => {
  const HOUR = 3_600_000;
  const window = { from: 0, to: 24 * HOUR };
  const minute = (at: number) => of(Array.from({ length: 60 }, (_, i) => at + i * 1000));
  const day = of(Array.from({ length: 24 * 60 }, (_, i) => i * 60_000));
  const told = (series: ReturnType<typeof of>, now: number, unopened: { from: number; to: number }[] = []) =>
    gapsWithin(
      series,
      window,
      now,
      unopened.map((gap) => ({ ...gap, kind: "unopened" as const })),
    ).map(({ from, to, kind }) => [from, to, kind]);

  it("with one minute of readings has a gap before it and one after it", () => {
    expect(told(minute(12 * HOUR), 24 * HOUR)).toEqual([
      [0, 12 * HOUR, "silence"],
      [12 * HOUR + 59_000, 24 * HOUR, "silence"],
    ]);
  });

  it("with readings throughout has none", () => expect(told(day, 24 * HOUR)).toEqual([]));

  it("that has not passed is no gap, and neither is what may still be on its way", () => {
    expect(told(minute(0), 60_000 + 200_000)).toEqual([]);
    expect(told(minute(0), 60_000 + 400_000)).toEqual([[59_000, 460_000, "silence"]]);
  });

  it("that is over waits for nothing more", () => {
    const late = of(Array.from({ length: 60 }, (_, i) => 24 * HOUR - 120_000 + i * 1000));
    expect(told(late, 48 * HOUR).at(-1)).toEqual([24 * HOUR - 61_000, 24 * HOUR, "silence"]);
  });

  it("with one reading has what lies on both its sides, and with none is a gap as a whole", () => {
    expect(told(of([12 * HOUR]), 24 * HOUR)).toHaveLength(2);
    expect(told(of([]), 24 * HOUR)).toEqual([[0, 24 * HOUR, "silence"]]);
  });

  it("counts what could not be opened, also between readings", () => {
    expect(told(day, 24 * HOUR, [{ from: 5 * HOUR, to: 6 * HOUR }])).toEqual([[5 * HOUR, 6 * HOUR, "unopened"]]);
  });
});
