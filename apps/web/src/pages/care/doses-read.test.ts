import { expect, it } from "vitest";
import type { Finding } from "../../worker/care";
import { DOSES_HOURS, reachesDoses, withoutUnreadDoses } from "./doses-read";

const HOUR = 3_600_000;
const NOW = 1_000 * 24 * HOUR;
const medicine = (first_at_ms: number) => ({
  first_at_ms,
  early_ms: HOUR,
  every_ms: 1,
  doses: 1,
  on_time_ms: 1,
  late_ms: 1,
});
const reaches = (hours: number, ...firsts: number[]) =>
  reachesDoses({ medication: firsts.map(medicine) }, { from: NOW - hours * HOUR, to: NOW });

it("a day of readings holds no week of doses, and eight days do", () => {
  expect(reaches(24, 0)).toBe(false);
  expect(reaches(DOSES_HOURS - 1, 0)).toBe(false);
  expect(reaches(DOSES_HOURS, 0)).toBe(true);
});

it("of a schedule that began later it is enough to read from its first dose on, the earliest of all medicines", () => {
  expect(reaches(24, NOW - 20 * HOUR)).toBe(true);
  expect(reaches(24, NOW - 23.5 * HOUR)).toBe(false);
  expect(reaches(24, NOW - 20 * HOUR, NOW - 40 * HOUR)).toBe(false);
});

it("nothing is found about doses that were not read, and all else is", () => {
  const found = [{ kind: "adherence" }, { kind: "high" }] as Finding[];
  expect(withoutUnreadDoses(found, true)).toEqual(found);
  expect(withoutUnreadDoses(found, false)).toEqual([{ kind: "high" }]);
});
