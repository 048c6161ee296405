import { describe, expect, it } from "vitest";
import { MEASURES } from "./measures";
import { displayUnit, STANDARD_UNITS, type UnitChoice } from "./units";

const other: UnitChoice = { pressure: "kPa", temperature: "F", glucose: "mg" };

describe("units", () => {
  it("120 mmHg is 16.0 kPa", () => {
    expect(displayUnit("systolic_pressure", other).show(120)).toBeCloseTo(15.9986, 3);
  });

  it("37 °C is 98.6 °F, and -40 is the same in both", () => {
    const unit = displayUnit("body_temperature", other);
    expect(unit.show(37)).toBeCloseTo(98.6, 9);
    expect(unit.show(-40)).toBe(-40);
  });

  it("5.5 mmol/L of glucose is 99 mg/dL", () => {
    expect(Math.round(displayUnit("glucose", other).show(5.5))).toBe(99);
  });

  it("what was shown reads back as what was measured, in every unit", () => {
    for (const measure of MEASURES) {
      for (const choice of [STANDARD_UNITS, other]) {
        const unit = displayUnit(measure, choice);
        expect(unit.read(unit.show(61.25))).toBeCloseTo(61.25, 9);
      }
    }
  });

  it("the standard units are those of the readings", () => {
    for (const measure of MEASURES) expect(displayUnit(measure, STANDARD_UNITS).show(7)).toBe(7);
  });
});
