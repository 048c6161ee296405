import { describe, expect, it } from "vitest";
import type { Measure } from "../../../data/measures";
import { displayUnit, STANDARD_UNITS } from "../../../data/units";
import type { Plan } from "../../care/plan";
import {
  draftOf,
  emptyDraft,
  type Locale,
  newGoal,
  newMedication,
  newThreshold,
  type PlanDraft,
  planOf,
} from "./draft";
import { drawRules } from "./rules";

const METRIC: Locale = {
  tag: "de-AT",
  timeZone: "Europe/Berlin",
  unitOf: (measure: Measure) => displayUnit(measure, STANDARD_UNITS),
};
const OTHER: Locale = {
  tag: "en-US",
  timeZone: "America/New_York",
  unitOf: (measure) => displayUnit(measure, { pressure: "kPa", temperature: "F", glucose: "mg" }),
};

const PLAN: Plan = {
  thresholds: [
    {
      rule: 7,
      measure: "oxygen_saturation",
      comparison: "at_most",
      value: 899,
      for_readings: 3,
      for_ms: 60_000,
      hysteresis: 10,
      severity: "urgent",
      ladder: 1,
    },
    {
      rule: 8,
      measure: "body_temperature",
      comparison: "at_least",
      value: 3_850,
      for_readings: 2,
      for_ms: 0,
      hysteresis: 20,
      severity: "notice",
      ladder: 2,
    },
  ],
  medication: [
    {
      name: "one tablet",
      first_at_ms: Date.UTC(2026, 5, 1, 6),
      every_ms: 43_200_000,
      doses: 30,
      early_ms: 3_600_000,
      on_time_ms: 3_600_000,
      late_ms: 7_200_000,
    },
  ],
  personal: { first_rule: 41_200, ladder: 1, news2: "two" },
  alerts: { cooldown_ms: 7_200_000 },
  goals: [{ text: "walk", by_ms: Date.UTC(2026, 6, 1, 4) }, { text: "sleep" }],
};

const draft = (change: Partial<PlanDraft>): PlanDraft => ({ ...emptyDraft(), ...change });
const mistakes = (change: Partial<PlanDraft>) => {
  const made = draft(change);
  return planOf(made, METRIC, drawRules(made)).mistakes;
};

describe("the boxes of a plan", () => {
  it("give back the plan they were filled from, in whatever units and zone", () => {
    for (const locale of [METRIC, { ...OTHER, timeZone: "America/New_York" }]) {
      const filled = draftOf(PLAN, locale);
      const midnight = { ...PLAN.goals?.[0], by_ms: expect.any(Number) };
      expect(planOf(filled, locale, drawRules(filled)).plan).toEqual({ ...PLAN, goals: [midnight, { text: "sleep" }] });
    }
  });

  it("show a band of temperature as a difference, not as a temperature", () => {
    const [, warm] = draftOf(PLAN, OTHER).thresholds;
    expect(warm?.value).toBe("101.3");
    expect(warm?.hysteresis).toBe("0.36");
  });

  it("write and read decimals as the person does", () => {
    const [, warm] = draftOf(PLAN, METRIC).thresholds;
    expect(warm?.value).toBe("38,5");
    const made = draft({ thresholds: [{ ...newThreshold(), measure: "body_temperature", value: "38,5" }] });
    for (const locale of [METRIC, { ...METRIC, tag: "en-GB" }]) {
      expect(planOf(made, locale, drawRules(made)).plan?.thresholds?.[0]?.value).toBe(3_850);
    }
  });

  it("show the time of a dose in the chosen zone", () => {
    expect(draftOf(PLAN, METRIC).medication[0]?.firstAt).toBe("2026-06-01T08:00");
    expect(draftOf(PLAN, OTHER).medication[0]?.firstAt).toBe("2026-06-01T02:00");
  });

  it("are refused with the box and the reason while one of them is wrong", () => {
    const one = { ...newThreshold(), id: "t" };
    const wrong = (change: object) => mistakes({ thresholds: [{ ...one, value: "120", ...change }] });
    expect(wrong({})).toBeUndefined();
    expect(wrong({ value: "" })).toEqual({ "thresholds.t.value": "missing" });
    expect(wrong({ value: "high" })).toEqual({ "thresholds.t.value": "number" });
    expect(wrong({ forReadings: "0" })).toEqual({ "thresholds.t.forReadings": "positive" });
    expect(wrong({ value: "1.000" })).toEqual({ "thresholds.t.value": "thousands" });
    expect(wrong({ forReadings: "2.5" })).toEqual({ "thresholds.t.forReadings": "whole" });
    expect(wrong({ forReadings: "65" })).toEqual({ "thresholds.t.forReadings": "too_many" });
    expect(wrong({ hysteresis: "-1" })).toEqual({ "thresholds.t.hysteresis": "positive" });
  });

  it("refuse a dose without a name, a time or an interval that 32 bits hold", () => {
    const one = { ...newMedication(Date.UTC(2026, 0, 1), "UTC"), id: "m" };
    const wrong = (change: object) => mistakes({ medication: [{ ...one, name: "tablet", ...change }] });
    expect(wrong({})).toBeUndefined();
    expect(wrong({ name: " " })).toEqual({ "medication.m.name": "missing" });
    expect(wrong({ firstAt: "soon" })).toEqual({ "medication.m.firstAt": "time" });
    expect(wrong({ everyHours: "0" })).toEqual({ "medication.m.everyHours": "positive" });
    expect(wrong({ everyHours: "2000" })).toEqual({ "medication.m.everyHours": "too_many" });
  });

  it("ask for the words of a goal and not for its date", () => {
    expect(mistakes({ goals: [{ ...newGoal(), id: "g" }] })).toEqual({ "goals.g.text": "missing" });
    expect(mistakes({ goals: [{ ...newGoal(), text: "sleep" }] })).toBeUndefined();
  });

  it("leave the personal rules out where they are switched off", () => {
    const off = draft({ personal: { on: false, ladder: "", news2: "off" } });
    expect(planOf(off, METRIC, drawRules(off)).plan).not.toHaveProperty("personal");
  });
});
