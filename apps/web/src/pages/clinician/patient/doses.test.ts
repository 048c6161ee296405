import { describe, expect, it } from "vitest";
import { dosesOf, signable } from "./doses";

const series = (values: number[]) => ({
  measure: "dose_taken" as const,
  times: Float64Array.from(values, (_, place) => place * 10),
  values: Float64Array.from(values),
});

describe("doses", () => {
  it("are as many as the readings count", () => {
    expect([...dosesOf([series([1, 2])])]).toEqual([0, 10, 10]);
    expect([...dosesOf([])]).toEqual([]);
    expect(dosesOf([series([1e9])])).toHaveLength(100);
  });
});

describe("a period to sign off", () => {
  const HOUR = 3_600;

  it("begins no earlier than the plan was accepted and ends with the last full hour", () => {
    expect(signable(10 * HOUR + 1, 7, 30.5 * HOUR * 1000)).toEqual({ from: 11, to: 30 });
    expect(signable(0, 1, 100 * HOUR * 1000)).toEqual({ from: 76, to: 100 });
  });

  it("is none while no full hour is over", () => {
    expect(signable(10 * HOUR, 7, 10.9 * HOUR * 1000)).toBeUndefined();
  });
});
