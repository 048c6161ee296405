/** Units a person reads in. Readings stay in the units of packages/core; only what is shown or typed is converted. */
import { MEASURE, type Measure } from "./measures";

export interface UnitChoice {
  pressure: "mmHg" | "kPa";
  temperature: "C" | "F";
  glucose: "mmol" | "mg";
}

export const STANDARD_UNITS: UnitChoice = { pressure: "mmHg", temperature: "C", glucose: "mmol" };

export interface DisplayUnit {
  /** As written after a number. */
  label: string;
  digits: number;
  /** From the unit of the reading. */
  show(value: number): number;
  /** Back to the unit of the reading, for what a person typed. */
  read(shown: number): number;
}

/** 1 mmHg in kPa: conventional millimetre of mercury, NIST SP 811, appendix B.8. */
const KPA_PER_MMHG = 0.133322;
/** mg/dL of glucose in 1 mmol/L: its molar mass is 180.156 g/mol. */
const MG_DL_PER_MMOL_L = 18.0156;

const scaled = (label: string, digits: number, factor: number): DisplayUnit => ({
  label,
  digits,
  show: (value) => value * factor,
  read: (shown) => shown / factor,
});

const fahrenheit: DisplayUnit = {
  label: "°F",
  digits: 1,
  show: (celsius) => celsius * 1.8 + 32,
  read: (shown) => (shown - 32) / 1.8,
};

const LABELS: Record<string, string> = {
  "/min": "/min",
  "%": "%",
  Cel: "°C",
  "mm[Hg]": "mmHg",
  "mmol/L": "mmol/L",
  "{steps}": "",
  "{dose}": "",
};

export function displayUnit(measure: Measure, choice: UnitChoice): DisplayUnit {
  const { ucum, digits } = MEASURE[measure];
  if (ucum === "mm[Hg]" && choice.pressure === "kPa") return scaled("kPa", 1, KPA_PER_MMHG);
  if (ucum === "Cel" && choice.temperature === "F") return fahrenheit;
  if (ucum === "mmol/L" && choice.glucose === "mg") return scaled("mg/dL", 0, MG_DL_PER_MMOL_L);
  return scaled(LABELS[ucum] ?? ucum, digits, 1);
}
