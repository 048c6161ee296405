import { expect, it } from "vitest";
import { decimalMark, readDecimal, typedDecimal } from "./decimal";

it.each([
  ["38,5", "de", "38.5"],
  ["38,5", "en", "38.5"],
  ["38.5", "de", "38.5"],
  [" 38.5 ", "en", "38.5"],
  ["1,234", "de", "1.234"],
  ["1.234", "en", "1.234"],
  ["-0,5", "de-AT", "-0.5"],
  ["120", "de", "120"],
  ["12345678901234567890,5", "de", "12345678901234567890.5"],
])("%s in %s is %s", (typed, locale, text) => expect(readDecimal(typed, locale)).toEqual({ text }));

it.each([
  ["1.000", "de"],
  ["1,000", "en"],
  ["1.000,5", "de"],
  ["1,000.5", "de"],
  ["1.000.000", "en"],
])("%s in %s may be two numbers, and is neither", (typed, locale) =>
  expect(readDecimal(typed, locale)).toEqual({ fault: "thousands" }),
);

it.each(["", "high", "1e3", "0x10", ".5", "5,", "1.2.3", "1 000", "--1", "Infinity"])("%s is no number", (typed) =>
  expect(readDecimal(typed, "de")).toEqual({ fault: "number" }),
);

it("a decimal is written as it is typed", () => {
  expect(typedDecimal("38.5", "de")).toBe("38,5");
  expect(typedDecimal("38.5", "en-GB")).toBe("38.5");
  expect(decimalMark("de-CH")).toBe(".");
});
