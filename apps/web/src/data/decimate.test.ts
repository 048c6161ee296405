import { describe, expect, it } from "vitest";
import { drawing } from "./decimate";
import { mergeGaps, silences } from "./gaps";

const of = (times: number[], values: number[]) => ({
  times: Float64Array.from(times),
  values: Float64Array.from(values),
});
const second = (count: number, value: (i: number) => number) =>
  of(
    Array.from({ length: count }, (_, i) => i * 1000),
    Array.from({ length: count }, (_, i) => value(i)),
  );

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

  it("between two silences a reading stands alone: no line leads to it or on", () => {
    const lone = of([0, 1000, 2000, 100_000, 200_000, 201_000], [1, 1, 1, 5, 2, 2]);
    const { values } = drawing([{ series: lone, gaps: mergeGaps(silences(lone)) }], window, 800);
    expect(values[0]).toEqual([1, 1, 1, null, 5, null, 2, 2]);
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
