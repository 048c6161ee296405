import { expect, it } from "vitest";
import { drawPlaces, wrongPlaces } from "./written-down";

const WORDS = "abandon ability able about above absent absorb abstract absurd abuse access accident".split(" ");

it("one word of each third is asked for, and any of them may be", () => {
  expect(drawPlaces(24, () => 0)).toEqual([0, 8, 16]);
  expect(drawPlaces(24, () => 0.999)).toEqual([7, 15, 23]);
  expect(drawPlaces(12, () => 0.5)).toEqual([2, 6, 10]);
});

it("each place whose word is another one is told, however the right ones are spelled", () => {
  expect(wrongPlaces(WORDS, [1, 5, 9], ["ability", " Absent ", "ABUSE"])).toEqual([]);
  expect(wrongPlaces(WORDS, [1, 5, 9], ["able", "absent", ""])).toEqual([1, 9]);
  expect(wrongPlaces(WORDS, [1, 5, 9], [])).toEqual([1, 5, 9]);
});
