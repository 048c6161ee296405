/** A care plan as it is written, encrypted and watched: the JSON of `Plan` of packages/analysis. */
import type { Measure } from "../../data/measures";

export const SEVERITIES = ["notice", "urgent", "emergency"] as const;
export type Severity = (typeof SEVERITIES)[number];
export type Comparison = "at_least" | "at_most";
export type Spo2Scale = "one" | "two";

export interface Threshold {
  rule: number;
  measure: Measure;
  comparison: Comparison;
  /** Fixed point at the measure's scale, as is the hysteresis. */
  value: number;
  for_readings: number;
  for_ms?: number;
  hysteresis?: number;
  severity: Severity;
  ladder: number;
}

export interface Medication {
  name?: string;
  first_at_ms: number;
  every_ms: number;
  doses: number;
  early_ms: number;
  on_time_ms: number;
  late_ms: number;
}

export interface Personal {
  first_rule: number;
  ladder: number;
  news2?: Spo2Scale | null;
}

export interface AlertRules {
  cooldown_ms?: number;
  episode_ms?: number;
  notices_a_day?: number;
}

export interface Goal {
  text: string;
  by_ms?: number;
}

export interface Plan {
  thresholds?: Threshold[];
  medication?: Medication[];
  personal?: Personal | null;
  alerts?: AlertRules;
  goals?: Goal[];
}
