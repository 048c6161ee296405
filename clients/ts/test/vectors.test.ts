import { expect, test } from "vitest";

import { checkVectors } from "./vectors/check.js";
import { readVectors } from "./vectors/read.js";

test("the vectors of testdata pass in Node", async () => {
  const checked = await checkVectors(readVectors());
  for (const { name, compared, wrong } of checked) {
    expect(wrong, name).toEqual([]);
    expect(compared, name).toBeGreaterThan(0);
  }
  expect(checked.length).toBe(9);
});

test("a vector that does not hold is told", async () => {
  const vectors = structuredClone(readVectors());
  vectors.batch.readings[0][1] += 1;
  vectors.receipt.logs[1].root = vectors.receipt.logs[2].root;
  const wrong = (await checkVectors(vectors)).filter((check) => check.wrong.length > 0);
  expect(wrong).toHaveLength(2);
});
