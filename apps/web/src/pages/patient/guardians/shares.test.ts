import { expect, it } from "vitest";
import { sharesProblem } from "./shares";

it.each([
  ["2", "1", 2, undefined],
  ["2", "0", 1, "few"],
  ["2", "17", 0, "few"],
  ["1", "2", 1, "threshold"],
  ["4", "1", 2, "threshold"],
  ["x", "1", 2, "threshold"],
  ["2", "", 2, "printed"],
  ["2", "-1", 2, "printed"],
])("%s of shares, %s printed and %i guardians: %s", (threshold, printed, guardians, problem) => {
  expect(sharesProblem(threshold, printed, guardians)).toBe(problem);
});
