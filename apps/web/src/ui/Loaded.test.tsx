import { expect, it } from "vitest";
import { drawn } from "../test/render";
import { StaleMark } from "./Loaded";

it("what is read out when it changes holds no age, which changes each second", async () => {
  const asOf = { height: 7, timeMs: Date.now() - 5_000 };
  const place = await drawn(<StaleMark of={{ stale: true, asOf }} />);
  expect(place.textContent).toContain("5 seconds ago");
  const live = [...place.querySelectorAll("[role=status], [role=alert], [aria-live]")];
  expect(live.map(({ textContent }) => textContent)).toEqual([
    "Not current (as of block 7): this may no longer be so. From",
  ]);
});

it("without the age there is still the sentence", async () => {
  const place = await drawn(<StaleMark of={{ stale: true, asOf: undefined }} />);
  expect(place.querySelector("[role=status]")?.textContent).toBe("Not current: this may no longer be so.");
});
