import { expect, it } from "vitest";
import type { MeasureSeries } from "../../../data/readings";
import { dueIn, takenAt } from "./doses";

const medication = (change: object = {}) => ({
  first_at_ms: 1000,
  every_ms: 100,
  doses: 3,
  early_ms: 1,
  on_time_ms: 1,
  late_ms: 1,
  ...change,
});

it("lists the doses due, of all medicines in order of time", () => {
  expect(dueIn([medication()], 0, 5000).map(({ atMs }) => atMs)).toEqual([1000, 1100, 1200]);
  expect(dueIn([medication()], 1001, 1200).map(({ atMs }) => atMs)).toEqual([1100]);
  const two = [medication({ name: "a" }), medication({ name: "b", first_at_ms: 1050, doses: 1 })];
  expect(dueIn(two, 0, 5000).map(({ name }) => name)).toEqual(["a", "b", "a", "a"]);
  expect(dueIn([medication()], 1300, 5000)).toEqual([]);
});

it("counts a reading of two doses twice", () => {
  const series = {
    measure: "dose_taken",
    times: Float64Array.of(1, 5),
    values: Float64Array.of(1, 2),
  } as MeasureSeries;
  expect([...takenAt(series)]).toEqual([1, 5, 5]);
  expect(takenAt(undefined)).toHaveLength(0);
});
