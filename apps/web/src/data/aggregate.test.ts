import { describe, expect, it } from "vitest";
import { aggregate, lowerBound } from "./aggregate";
import { HOUR_MS, offsetAt, periodEdges, startOf } from "./time-zone";

const at = (iso: string) => Date.parse(iso);
const series = (times: number[], values = times.map((_, i) => i)) => ({
  times: Float64Array.from(times),
  values: Float64Array.from(values),
});

describe("local hours and days", () => {
  it("a day on which the clock goes forward has 23 hours", () => {
    const from = at("2026-03-28T23:00:00Z");
    const edges = periodEdges(from, at("2026-03-29T22:00:00Z"), "hour", "Europe/Berlin");
    expect(edges).toHaveLength(24);
    expect(periodEdges(from, from + 1, "day", "Europe/Berlin")).toEqual([from, from + 23 * HOUR_MS]);
  });

  it("a day on which the clock goes back has 25 hours, the repeated one twice", () => {
    const from = at("2026-10-24T22:00:00Z");
    expect(periodEdges(from, from + 1, "day", "Europe/Berlin")).toEqual([from, from + 25 * HOUR_MS]);
    const buckets = aggregate(
      series([at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z")]),
      { from, to: from + 25 * HOUR_MS },
      "hour",
      "Europe/Berlin",
    );
    expect(buckets).toHaveLength(25);
    expect(buckets.filter(({ count }) => count > 0).map((bucket) => bucket.from)).toEqual([
      at("2026-10-25T00:00:00Z"),
      at("2026-10-25T01:00:00Z"),
    ]);
  });

  it("begins the day at its first instant where midnight does not exist", () => {
    // Chile goes from 24:00 to 01:00
    const start = startOf(at("2026-09-06T12:00:00Z"), "day", "America/Santiago");
    expect(start).toBe(at("2026-09-06T04:00:00Z"));
    expect(offsetAt(start, "America/Santiago")).toBe(-3 * HOUR_MS);
  });

  it("hours of a zone with a half-hour offset begin on its own full hour", () => {
    expect(startOf(at("2026-01-01T06:50:00Z"), "hour", "Asia/Kolkata")).toBe(at("2026-01-01T06:30:00Z"));
  });

  it("covers a clock change of half an hour without a hole or an overlap", () => {
    const from = at("2026-04-04T12:00:00Z");
    const edges = periodEdges(from, from + 8 * HOUR_MS, "hour", "Australia/Lord_Howe");
    for (let i = 1; i < edges.length; i++) expect((edges[i] as number) - (edges[i - 1] as number)).toBeGreaterThan(0);
    expect(edges[0]).toBeLessThanOrEqual(from);
    expect(edges.at(-1)).toBeGreaterThanOrEqual(from + 8 * HOUR_MS);
  });

  it("works before 1970", () => {
    expect(startOf(-1, "day", "UTC")).toBe(-24 * HOUR_MS);
  });
});

describe("aggregates", () => {
  const window = { from: 0, to: 3 * HOUR_MS };

  it("gives lowest, median, highest, count and sum of each hour", () => {
    const [first] = aggregate(series([0, 1, 2, 3], [9, 1, 4, 2]), window, "hour", "UTC");
    expect(first).toMatchObject({ count: 4, min: 1, median: 3, max: 9, sum: 16 });
  });

  it("an hour without readings has a count of nought and no numbers", () => {
    const [, second] = aggregate(series([0, 2 * HOUR_MS]), window, "hour", "UTC");
    expect(second).toEqual({ from: HOUR_MS, to: 2 * HOUR_MS, count: 0 });
  });

  it("a reading on the edge belongs to the hour that begins there", () => {
    const counts = aggregate(series([HOUR_MS]), window, "hour", "UTC").map(({ count }) => count);
    expect(counts).toEqual([0, 1, 0]);
  });

  it("leaves out what is outside of the window, and changes nothing of its input", () => {
    const given = series([-1, 0, 3 * HOUR_MS], [5, 4, 3]);
    const counts = aggregate(given, window, "hour", "UTC").map(({ count }) => count);
    expect(counts).toEqual([1, 0, 0]);
    expect([...given.values]).toEqual([5, 4, 3]);
  });

  it("sums a day of one-second readings up without a reading lost", () => {
    const day = series(Array.from({ length: 86_400 }, (_, i) => i * 1000));
    const buckets = aggregate(day, { from: 0, to: 24 * HOUR_MS }, "hour", "UTC");
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(86_400);
  });
});

it("finds the first time that is not before one", () => {
  const times = Float64Array.of(1, 3, 3, 5);
  expect([0, 1, 2, 3, 4, 6].map((one) => lowerBound(times, one))).toEqual([0, 0, 1, 1, 3, 4]);
});
