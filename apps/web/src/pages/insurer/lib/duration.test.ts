import { expect, it } from "vitest";
import { durationOf, secondsOf, UNITS } from "./duration";

it.each([
  [0, 0, "second"],
  [59, 59, "second"],
  [60, 1, "minute"],
  [5_400, 90, "minute"],
  [86_400, 1, "day"],
  [31_536_000, 365, "day"],
])("%i s are %i of a %s", (seconds, count, unit) => expect(durationOf(seconds)).toEqual({ count, unit }));

it("comes back from its count and unit", () => {
  for (const seconds of [0, 1, 61, 3_600, 86_400, 4_294_967_295]) {
    const { count, unit } = durationOf(seconds);
    expect(secondsOf(String(count), unit)).toBe(seconds);
  }
});

it("is none where it is no whole number, or more than the chain holds", () => {
  for (const typed of ["", "1.5", "-1", "1e3", "x", "99999999999"]) expect(secondsOf(typed, "second")).toBeUndefined();
  expect(secondsOf("50000", "day")).toBeUndefined();
  expect(UNITS.map((unit) => secondsOf("1", unit))).toEqual([86_400, 3_600, 60, 1]);
});
