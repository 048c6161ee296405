import { Plus, Trash2 } from "lucide-react";
import { MEASURES, type Measure } from "../../../data/measures";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Field, Select } from "../../../ui/Field";
import { SEVERITIES } from "../../care/plan";
import { type Mistakes, newThreshold, type ThresholdDraft } from "./draft";
import { useLocale } from "./useLocale";
import { useMistake } from "./useMistake";

interface ThresholdFieldsProps {
  value: readonly ThresholdDraft[];
  mistakes: Mistakes;
  onChange(value: ThresholdDraft[]): void;
}

const WATCHED = MEASURES.filter((measure) => measure !== "dose_taken");

/** Limits beyond which somebody is called. */
export function ThresholdFields({ value, mistakes, onChange }: ThresholdFieldsProps) {
  const t = useT();
  const change = (id: string, part: Partial<ThresholdDraft>) =>
    onChange(value.map((one) => (one.id === id ? { ...one, ...part } : one)));
  return (
    <Card title={t("care.plan.thresholds")}>
      <p className="muted">{t("clinician.plan.thresholds.lead")}</p>
      {value.map((one, place) => (
        <OneThreshold
          key={one.id}
          of={one}
          number={place + 1}
          mistakes={mistakes}
          onChange={(part) => change(one.id, part)}
          onRemove={() => onChange(value.filter(({ id }) => id !== one.id))}
        />
      ))}
      <Button icon={Plus} onClick={() => onChange([...value, newThreshold()])}>
        {t("clinician.plan.thresholds.add")}
      </Button>
    </Card>
  );
}

interface OneThresholdProps {
  of: ThresholdDraft;
  number: number;
  mistakes: Mistakes;
  onChange(part: Partial<ThresholdDraft>): void;
  onRemove(): void;
}

function OneThreshold({ of, number, mistakes, onChange, onRemove }: OneThresholdProps) {
  const t = useT();
  const { unitOf } = useLocale();
  const wrong = useMistake(mistakes, `thresholds.${of.id}`);
  const unit = unitOf(of.measure).label;
  return (
    <fieldset className="plan-row">
      <legend>{t("clinician.plan.threshold", { number })}</legend>
      <div className="plan-fields">
        <Select
          label={t("care.plan.measure")}
          value={of.measure}
          options={WATCHED.map((measure: Measure) => ({ value: measure, label: t(`measures.${measure}`) }))}
          onChange={(measure) => onChange({ measure })}
        />
        <Select
          label={t("clinician.plan.side")}
          value={of.comparison}
          options={(["at_least", "at_most"] as const).map((side) => ({
            value: side,
            label: t(`clinician.plan.side.${side}`),
          }))}
          onChange={(comparison) => onChange({ comparison })}
        />
        <Field
          label={t("care.plan.limit")}
          unit={unit}
          inputMode="decimal"
          value={of.value}
          error={wrong("value")}
          onChange={(v) => onChange({ value: v })}
        />
        <Field
          label={t("clinician.plan.for_readings")}
          inputMode="numeric"
          value={of.forReadings}
          error={wrong("forReadings")}
          onChange={(forReadings) => onChange({ forReadings })}
        />
        <Field
          label={t("clinician.plan.for_minutes")}
          unit={t("clinician.plan.minutes")}
          inputMode="decimal"
          value={of.forMinutes}
          error={wrong("forMinutes")}
          onChange={(forMinutes) => onChange({ forMinutes })}
        />
        <Field
          label={t("clinician.plan.hysteresis")}
          hint={t("clinician.plan.hysteresis.hint")}
          unit={unit}
          inputMode="decimal"
          value={of.hysteresis}
          error={wrong("hysteresis")}
          onChange={(hysteresis) => onChange({ hysteresis })}
        />
        <Select
          label={t("care.plan.severity")}
          value={of.severity}
          options={SEVERITIES.map((severity) => ({ value: severity, label: t(`care.severity.${severity}`) }))}
          onChange={(severity) => onChange({ severity })}
        />
        <Field
          label={t("care.plan.ladder")}
          inputMode="numeric"
          value={of.ladder}
          error={wrong("ladder")}
          onChange={(ladder) => onChange({ ladder })}
        />
      </div>
      <Button icon={Trash2} kind="quiet" onClick={onRemove}>
        {t("clinician.plan.remove", { what: t("clinician.plan.threshold", { number }) })}
      </Button>
    </fieldset>
  );
}
