import { expect, it } from "vitest";
import { type Decided, decision } from "./decision";

const decided = (change: Partial<Decided>) =>
  decision({
    choice: "all",
    part: undefined,
    claimed: "120000",
    least: "0",
    reason: "",
    reasonAlways: false,
    ...change,
  });

it("all of a claim takes no reason, less does", () => {
  expect(decided({})).toEqual({ award: "120000" });
  expect(decided({ choice: "none" })).toEqual({ wrong: "reason" });
  expect(decided({ choice: "none", reason: "not covered" })).toEqual({ award: "0" });
  expect(decided({ choice: "part", part: "80000", reason: "two days" })).toEqual({ award: "80000" });
});

it("a part is more than nothing and at most what is claimed", () => {
  for (const part of [undefined, "0", "120001"])
    expect(decided({ choice: "part", part, reason: "x" })).toEqual({ wrong: "part" });
});

it("the last word is not less than was awarded before, and has a reason", () => {
  expect(decided({ choice: "part", part: "79999", least: "80000", reason: "x", reasonAlways: true })).toEqual({
    wrong: "part_least",
  });
  expect(decided({ reasonAlways: true, reason: "  " })).toEqual({ wrong: "reason" });
});
