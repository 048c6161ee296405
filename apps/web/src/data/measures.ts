/** What the app must know of a measure before any wasm is loaded. The numbers are those of packages/core's `measure` module. */

export const CATEGORIES = ["cardiac", "respiratory", "temperature", "metabolic", "activity", "medication"] as const;
export type Category = (typeof CATEGORIES)[number];

export const MEASURES = [
  "heart_rate",
  "oxygen_saturation",
  "respiratory_rate",
  "body_temperature",
  "systolic_pressure",
  "diastolic_pressure",
  "glucose",
  "steps",
  "dose_taken",
] as const;
export type Measure = (typeof MEASURES)[number];

export interface MeasureInfo {
  /** Number in binary records. */
  code: number;
  category: Category;
  /** Unit of the values that the client gives, in UCUM. */
  ucum: string;
  /** Decimal digits worth showing in that unit. */
  digits: number;
  /** Decimal digits of the fixed point of readings, plans and findings: 725 at scale 1 is 72.5. */
  scale: number;
  /** Counts of an interval (steps, doses) are added up over an hour or a day; other measures are not. */
  counted: boolean;
}

const info = (
  code: number,
  category: Category,
  ucum: string,
  digits: number,
  scale: number,
  counted = false,
): MeasureInfo => ({ code, category, ucum, digits, scale, counted });

export const MEASURE: Record<Measure, MeasureInfo> = {
  heart_rate: info(1, "cardiac", "/min", 0, 1),
  oxygen_saturation: info(2, "respiratory", "%", 0, 1),
  respiratory_rate: info(3, "respiratory", "/min", 0, 1),
  body_temperature: info(4, "temperature", "Cel", 1, 2),
  systolic_pressure: info(5, "cardiac", "mm[Hg]", 0, 0),
  diastolic_pressure: info(6, "cardiac", "mm[Hg]", 0, 0),
  glucose: info(7, "metabolic", "mmol/L", 1, 1),
  steps: info(8, "activity", "{steps}", 0, 0, true),
  dose_taken: info(9, "medication", "{dose}", 0, 0, true),
};

export function measureOf(code: number): Measure | undefined {
  return MEASURES.find((measure) => MEASURE[measure].code === code);
}

/** The categories that hold these measures, each once. */
export function categoriesOf(measures: readonly Measure[]): Category[] {
  return [...new Set(measures.map((measure) => MEASURE[measure].category))];
}
