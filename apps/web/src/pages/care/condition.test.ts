import { expect, it } from "vitest";
import { conditionIn, ownWords } from "./condition";

const told = (condition: object) => ({ condition, at_ms: 1, text: "in words" });

it.each([
  [{ silent: { device: 5, for_s: 905 } }, { kind: "silent", device: "5", minutes: 15 }],
  [{ battery_low: { device: 5, percent: 9 } }, { kind: "battery_low", device: "5", percent: 9 }],
  [{ calibration_over: { device: 5, until_ms: 7 } }, { kind: "calibration_over", device: "5", untilMs: 7 }],
  [{ vault_unreachable: { vault: "a" } }, { kind: "vault_unreachable", vault: "a" }],
  [{ batches_waiting: { batches: 2 } }, { kind: "batches_waiting", batches: 2 }],
])("%j is told as %j", (condition, shown) => expect(conditionIn(told(condition))).toEqual(shown));

it.each([
  [undefined],
  ["x"],
  [{}],
  [told({})],
  [told({ silent: { device: 5 } })],
  [told({ battery_low: { device: 5, percent: -1 } })],
  [told({ flooded: { device: 1 } })],
])("%j is left to its own words", (detail) => expect(conditionIn(detail)).toBeUndefined());

it("keeps the gateway’s own words", () => {
  expect(ownWords(told({}))).toBe("in words");
  expect(ownWords({ text: 1 })).toBeUndefined();
});
