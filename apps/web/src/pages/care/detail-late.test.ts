import { VitalsError } from "@cw-vitals/client/errors";
import { expect, test } from "vitest";
import { untilThere } from "./detail-late";

test("a detail that no vault has yet is asked for again, a few times, and nothing else is", () => {
  const missing = new VitalsError("vault/not_found", "this vault has no detail of that alert");
  expect([0, 4, 5].map((failed) => untilThere.retry(failed, missing))).toEqual([true, true, false]);
  expect(untilThere.retry(0, new VitalsError("consent/no_ground", "no"))).toBe(false);
  expect(untilThere.retry(0, new VitalsError("vault/digest", "other bytes"))).toBe(false);
});
