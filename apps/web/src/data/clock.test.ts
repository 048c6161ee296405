import { expect, it } from "vitest";
import { clockAt } from "./clock";

it("a slow clock is put right by the newest block, and nothing by an older one, or by none", () => {
  expect(clockAt(1_000, 9_000)).toBe(9_000);
  expect(clockAt(9_000, 1_000)).toBe(9_000);
  expect(clockAt(9_000, undefined)).toBe(9_000);
});
