import { VitalsError } from "@cw-vitals/client";
import { describe, expect, it } from "vitest";
import { eachOf, ifFound, lastNumber, newest } from "./numbered";

describe("the last number", () => {
  it.each([0, 1, 2, 3, 4, 7, 8, 9, 1000])("of %i things is found in few questions", async (count) => {
    let asked = 0;
    const last = await lastNumber(async (number) => {
      asked += 1;
      return number <= count;
    });
    expect(last).toBe(count);
    expect(asked).toBeLessThan(25);
  });
});

it("what is not found is nothing, and any other error stays one", async () => {
  expect(await ifFound(Promise.reject(new VitalsError("state/not_found", "no alert 7")))).toBeUndefined();
  await expect(ifFound(Promise.reject(new VitalsError("node/unreachable", "no answer")))).rejects.toThrow(
    "node/unreachable",
  );
});

it("the newest come first, and none below 1", () => {
  expect(newest(5, 3)).toEqual([5, 4, 3]);
  expect(newest(2, 30)).toEqual([2, 1]);
  expect(newest(0, 30)).toEqual([]);
});

it("all are asked, in order, though not all at once", async () => {
  let running = 0;
  let most = 0;
  const found = await eachOf(newest(100, 100), async (number) => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running -= 1;
    return number;
  });
  expect(found).toEqual(newest(100, 100));
  expect(most).toBeLessThanOrEqual(30);
});
