import { describe, expect, it } from "vitest";
import { drawing } from "./decimate";
import { gapThreshold, mergeGaps, silences, usualInterval } from "./gaps";

const of = (times: number[], values: number[]) => ({
  times: Float64Array.from(times),
  values: Float64Array.from(values),
});
const second = (count: number, value: (i: number) => number) =>
  of(
    Array.from({ length: count }, (_, i) => i * 1000),
    Array.from({ length: count }, (_, i) => value(i)),
  );

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
});

describe("what is drawn", () => {
  const window = { from: 0, to: 86_400_000 };

  it("a day of one-second readings becomes two points for each column, and no spike is lost", () => {
    const spiky = second(86_400, (i) => (i === 50_001 ? 200 : i === 60_001 ? 20 : 70 + (i % 3)));
    const { times, values } = drawing([{ series: spiky, gaps: [] }], window, 800);
    expect(times.length).toBeLessThanOrEqual(1602);
    expect(values[0]).toContain(200);
    expect(values[0]).toContain(20);
  });

  it("few readings are drawn as they are", () => {
    const { times, values } = drawing([{ series: second(10, (i) => i), gaps: [] }], window, 800);
    expect(times).toEqual(Array.from({ length: 10 }, (_, i) => i * 1000));
    expect(values[0]).toEqual(Array.from({ length: 10 }, (_, i) => i));
  });

  it("a gap breaks the line of its series and of no other", () => {
    const gapped = of([0, 1000, 500_000], [1, 2, 3]);
    const whole = second(600, () => 5);
    const { times, values } = drawing(
      [
        { series: gapped, gaps: silences(gapped) },
        { series: whole, gaps: [] },
      ],
      window,
      800,
    );
    expect(values[0]?.filter((value) => value === null)).toHaveLength(1);
    expect(values[1]).not.toContain(null);
    const broken = times[(values[0] ?? []).indexOf(null)] as number;
    expect(broken).toBeGreaterThan(1000);
    expect(broken).toBeLessThan(500_000);
  });

  it("a point that only another series has does not break the line", () => {
    const { values } = drawing(
      [
        { series: of([0, 2000], [1, 1]), gaps: [] },
        { series: of([1000], [1]), gaps: [] },
      ],
      window,
      800,
    );
    expect(values[0]).toEqual([1, undefined, 1]);
  });

  it("zoomed in, one neighbour beyond each edge is kept", () => {
    const { times } = drawing([{ series: second(100, (i) => i), gaps: [] }], { from: 10_500, to: 12_500 }, 800);
    expect(times).toEqual([10_000, 11_000, 12_000, 13_000]);
  });
});
