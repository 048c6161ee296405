import { describe, expect, it } from "vitest";
import { parts } from "./duration";

describe("a length of time", () => {
  it("has its two largest units", () => {
    expect(parts(93_784)).toEqual([
      [1, "day"],
      [2, "hour"],
    ]);
    expect(parts(3_605)).toEqual([[1, "hour"]]);
    expect(parts(59)).toEqual([[59, "second"]]);
  });

  it("is never below nothing", () => {
    expect([parts(0), parts(-5)]).toEqual([[[0, "second"]], [[0, "second"]]]);
  });
});
