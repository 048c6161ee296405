import { expect, it } from "vitest";
import { readSettings } from "./settings";

it("without anything stored, the standard holds", () => {
  expect(readSettings(null)).toMatchObject({ timeZone: "browser", idleMinutes: 10, units: { pressure: "mmHg" } });
});

it("what is stored is taken where it is known, field by field", () => {
  const stored = JSON.stringify({
    language: "de",
    timeZone: "Mars/Olympus",
    units: { pressure: "kPa", temperature: "K" },
    idleMinutes: 0,
  });
  expect(readSettings(stored)).toEqual({
    language: "de",
    timeZone: "browser",
    units: { pressure: "kPa", temperature: "C", glucose: "mmol" },
    idleMinutes: 10,
  });
});

it("rubbish is as nothing", () => {
  for (const text of ["{", "null", "3", '"x"', "[]"]) expect(readSettings(text).idleMinutes).toBe(10);
});
