/** A plan while it is written: what stands in the boxes, as text in the person's units. */
import { readDecimal, typedDecimal } from "../../../data/decimal";
import { MEASURE, type Measure } from "../../../data/measures";
import type { DisplayUnit } from "../../../data/units";
import type { Comparison, Goal, Medication, Plan, Severity, Spo2Scale, Threshold } from "../../care/plan";
import { fromLocalInput, toDateInput, toLocalInput } from "./local-time";
import type { Drawn } from "./rules";

export interface ThresholdDraft {
  id: string;
  measure: Measure;
  comparison: Comparison;
  value: string;
  forReadings: string;
  forMinutes: string;
  hysteresis: string;
  severity: Severity;
  ladder: string;
  /** Of the plan it was in before; drawn anew where absent. */
  rule?: number;
}

export interface MedicationDraft {
  id: string;
  name: string;
  /** As of `datetime-local`. */
  firstAt: string;
  everyHours: string;
  doses: string;
  earlyMinutes: string;
  onTimeMinutes: string;
  lateMinutes: string;
}

export interface GoalDraft {
  id: string;
  text: string;
  /** As of `date`; empty where there is none. */
  by: string;
}

export interface PersonalDraft {
  on: boolean;
  ladder: string;
  news2: Spo2Scale | "off";
  firstRule?: number;
}

export interface PlanDraft {
  thresholds: ThresholdDraft[];
  medication: MedicationDraft[];
  goals: GoalDraft[];
  personal: PersonalDraft;
  /** Kept as they were: the form does not show them. */
  alerts?: Plan["alerts"];
}

export interface Locale {
  /** How numbers are written: `de-AT`. */
  tag: string;
  timeZone: string;
  unitOf(measure: Measure): DisplayUnit;
}

/** The box and what is wrong with it: `thresholds.t1.value`. */
export type Mistakes = Record<string, "missing" | "number" | "thousands" | "whole" | "positive" | "time" | "too_many">;

export type Read = { plan: Plan; mistakes?: undefined } | { plan?: undefined; mistakes: Mistakes };

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** The JSON holds durations of doses in 32 bits. */
const MOST_MS = 2 ** 32 - 1;

let drafts = 0;
const newId = () => `d${++drafts}`;

export const emptyDraft = (): PlanDraft => ({
  thresholds: [],
  medication: [],
  goals: [],
  personal: { on: true, ladder: "1", news2: "one" },
});

export const newThreshold = (): ThresholdDraft => ({
  id: newId(),
  measure: "heart_rate",
  comparison: "at_least",
  value: "",
  forReadings: "3",
  forMinutes: "0",
  hysteresis: "0",
  severity: "urgent",
  ladder: "1",
});

export const newMedication = (nowMs: number, timeZone: string): MedicationDraft => ({
  id: newId(),
  name: "",
  firstAt: toLocalInput(nowMs, timeZone),
  everyHours: "24",
  doses: "30",
  earlyMinutes: "60",
  onTimeMinutes: "60",
  lateMinutes: "120",
});

export const newGoal = (): GoalDraft => ({ id: newId(), text: "", by: "" });

/** The boxes for a plan that there is. */
export function draftOf(plan: Plan, locale: Locale): PlanDraft {
  const { personal } = plan;
  return {
    thresholds: (plan.thresholds ?? []).map((threshold) => thresholdDraft(threshold, locale)),
    medication: (plan.medication ?? []).map((medication) => medicationDraft(medication, locale)),
    goals: (plan.goals ?? []).map((goal) => ({
      id: newId(),
      text: goal.text,
      by: goal.by_ms === undefined ? "" : toDateInput(goal.by_ms, locale.timeZone),
    })),
    personal: {
      on: !!personal,
      ladder: String(personal?.ladder ?? 1),
      news2: personal ? (personal.news2 ?? "off") : "one",
      ...(personal ? { firstRule: personal.first_rule } : {}),
    },
    ...(plan.alerts ? { alerts: plan.alerts } : {}),
  };
}

function thresholdDraft(threshold: Threshold, { unitOf, tag }: Locale): ThresholdDraft {
  const decimal = (value: number) => decimalIn(tag, value);
  const unit = unitOf(threshold.measure);
  const one = 10 ** MEASURE[threshold.measure].scale;
  const value = threshold.value / one;
  const hysteresis = (threshold.hysteresis ?? 0) / one;
  return {
    id: newId(),
    measure: threshold.measure,
    comparison: threshold.comparison,
    value: decimal(unit.show(value)),
    hysteresis: decimal(unit.show(value + hysteresis) - unit.show(value)),
    forReadings: String(threshold.for_readings),
    forMinutes: decimal((threshold.for_ms ?? 0) / MINUTE_MS),
    severity: threshold.severity,
    ladder: String(threshold.ladder),
    rule: threshold.rule,
  };
}

function medicationDraft(medication: Medication, { timeZone, tag }: Locale): MedicationDraft {
  const decimal = (value: number) => decimalIn(tag, value);
  const minutes = (ms: number) => decimal(ms / MINUTE_MS);
  return {
    id: newId(),
    name: medication.name ?? "",
    firstAt: toLocalInput(medication.first_at_ms, timeZone),
    everyHours: decimal(medication.every_ms / HOUR_MS),
    doses: String(medication.doses),
    earlyMinutes: minutes(medication.early_ms),
    onTimeMinutes: minutes(medication.on_time_ms),
    lateMinutes: minutes(medication.late_ms),
  };
}

/** At most four digits after the mark: what a conversion of units leaves beyond is noise. */
function decimalIn(tag: string, value: number): string {
  return typedDecimal(String(Number(value.toFixed(4))), tag);
}

/** The plan that the boxes say, with `drawn` rule numbers for what is new; or what is wrong. */
export function planOf(draft: PlanDraft, locale: Locale, drawn: Drawn): Read {
  const read = new Reading(locale.tag);
  const plan: Plan = {
    thresholds: draft.thresholds.map((one) => threshold(one, locale, read, drawn)),
    medication: draft.medication.map((one) => medication(one, locale, read)),
    goals: draft.goals.map((one) => goal(one, locale, read)),
    ...(draft.alerts ? { alerts: draft.alerts } : {}),
  };
  if (draft.personal.on) {
    plan.personal = {
      first_rule: drawn.firstRule,
      ladder: read.whole("personal.ladder", draft.personal.ladder, 0, 255),
      ...(draft.personal.news2 === "off" ? {} : { news2: draft.personal.news2 }),
    };
  }
  return Object.keys(read.mistakes).length > 0 ? { mistakes: read.mistakes } : { plan };
}

function threshold(draft: ThresholdDraft, locale: Locale, read: Reading, drawn: Drawn): Threshold {
  const at = `thresholds.${draft.id}`;
  const unit = locale.unitOf(draft.measure);
  const one = 10 ** MEASURE[draft.measure].scale;
  const shown = read.number(`${at}.value`, draft.value);
  const band = read.number(`${at}.hysteresis`, draft.hysteresis, 0);
  const value = unit.read(shown);
  return {
    rule: drawn.ofThreshold(draft),
    measure: draft.measure,
    comparison: draft.comparison,
    value: Math.round(value * one),
    for_readings: read.whole(`${at}.forReadings`, draft.forReadings, 1, 64),
    for_ms: Math.round(read.number(`${at}.forMinutes`, draft.forMinutes, 0) * MINUTE_MS),
    hysteresis: Math.round((unit.read(shown + band) - value) * one),
    severity: draft.severity,
    ladder: read.whole(`${at}.ladder`, draft.ladder, 0, 255),
  };
}

function medication(draft: MedicationDraft, { timeZone }: Locale, read: Reading): Medication {
  const at = `medication.${draft.id}`;
  const minutes = (name: "earlyMinutes" | "onTimeMinutes" | "lateMinutes") =>
    read.span(`${at}.${name}`, draft[name], MINUTE_MS, 0);
  return {
    name: read.text(`${at}.name`, draft.name),
    first_at_ms: read.time(`${at}.firstAt`, draft.firstAt, timeZone),
    every_ms: read.span(`${at}.everyHours`, draft.everyHours, HOUR_MS, 1 / 60),
    doses: read.whole(`${at}.doses`, draft.doses, 1, MOST_MS),
    early_ms: minutes("earlyMinutes"),
    on_time_ms: minutes("onTimeMinutes"),
    late_ms: minutes("lateMinutes"),
  };
}

function goal(draft: GoalDraft, { timeZone }: Locale, read: Reading): Goal {
  const at = `goals.${draft.id}`;
  const text = read.text(`${at}.text`, draft.text);
  return draft.by === "" ? { text } : { text, by_ms: read.time(`${at}.by`, draft.by, timeZone) };
}

/** Reads boxes, and keeps what is wrong with them. */
class Reading {
  readonly mistakes: Mistakes = {};

  constructor(private readonly tag: string) {}

  text(at: string, typed: string): string {
    const text = typed.trim();
    if (text === "") this.mistakes[at] = "missing";
    return text;
  }

  number(at: string, typed: string, least = Number.NEGATIVE_INFINITY): number {
    const { text, fault } = readDecimal(typed, this.tag);
    const value = Number(text);
    if (typed.trim() === "") this.mistakes[at] = "missing";
    else if (fault) this.mistakes[at] = fault;
    else if (value < least) this.mistakes[at] = "positive";
    return value;
  }

  whole(at: string, typed: string, least: number, most: number): number {
    const value = this.number(at, typed, least);
    if (!this.mistakes[at] && !Number.isInteger(value)) this.mistakes[at] = "whole";
    if (!this.mistakes[at] && value > most) this.mistakes[at] = "too_many";
    return value;
  }

  span(at: string, typed: string, unitMs: number, least: number): number {
    const ms = Math.round(this.number(at, typed, least) * unitMs);
    if (!this.mistakes[at] && ms > MOST_MS) this.mistakes[at] = "too_many";
    return ms;
  }

  time(at: string, typed: string, timeZone: string): number {
    const ms = fromLocalInput(typed, timeZone);
    if (ms === undefined || ms < 0) this.mistakes[at] = "time";
    return ms ?? 0;
  }
}
