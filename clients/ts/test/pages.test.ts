import { expect, test } from "vitest";

import { inOrder } from "../src/in-order.js";
import { allPages } from "../src/pages.js";

test("pages are asked on after their last item until one is empty", async () => {
  const asked: (number | undefined)[] = [];
  const ask = (after: number | undefined) => {
    asked.push(after);
    const from = after ?? 0;
    return Promise.resolve([from + 1, from + 2].filter((n) => n <= 5));
  };
  expect(await allPages(ask)).toEqual([1, 2, 3, 4, 5]);
  expect(asked).toEqual([undefined, 2, 4, 5]);
});

test("a list that does not go on is an error, and no endless loop", async () => {
  await expect(allPages(() => Promise.resolve(["same"]))).rejects.toMatchObject({ code: "node/pages" });
});

test("work comes back in order, with no more under way than asked", async () => {
  let [underWay, most] = [0, 0];
  const work = async (n: number) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, 10 - n));
    underWay -= 1;
    return n;
  };
  const done: number[] = [];
  for await (const n of inOrder([1, 2, 3, 4, 5, 6], 3, work)) done.push(n);
  expect(done).toEqual([1, 2, 3, 4, 5, 6]);
  expect(most).toBe(3);
});

test("the first failure ends it, and what waits is not begun", async () => {
  const begun: number[] = [];
  const work = (n: number) => {
    begun.push(n);
    return n === 1 ? Promise.reject(new Error("no")) : Promise.resolve(n);
  };
  const read = inOrder([1, 2, 3, 4, 5], 2, work);
  await expect(read.next()).rejects.toThrow("no");
  expect(begun).toEqual([1, 2]);
});
