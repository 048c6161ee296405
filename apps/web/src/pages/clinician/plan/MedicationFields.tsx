import { Plus, Trash2 } from "lucide-react";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Field } from "../../../ui/Field";
import { type MedicationDraft, type Mistakes, newMedication } from "./draft";
import { useLocale } from "./useLocale";
import { useMistake } from "./useMistake";

interface MedicationFieldsProps {
  value: readonly MedicationDraft[];
  mistakes: Mistakes;
  onChange(value: MedicationDraft[]): void;
}

/** Doses at equal intervals; what is taken at unequal hours is two of these. */
export function MedicationFields({ value, mistakes, onChange }: MedicationFieldsProps) {
  const t = useT();
  const { timeZone } = useLocale();
  return (
    <Card title={t("care.plan.medication")}>
      <p className="muted">{t("clinician.plan.medication.lead")}</p>
      {value.map((one, place) => (
        <OneMedication
          key={one.id}
          of={one}
          number={place + 1}
          mistakes={mistakes}
          onChange={(part) => onChange(value.map((other) => (other.id === one.id ? { ...other, ...part } : other)))}
          onRemove={() => onChange(value.filter(({ id }) => id !== one.id))}
        />
      ))}
      <Button icon={Plus} onClick={() => onChange([...value, newMedication(Date.now(), timeZone)])}>
        {t("clinician.plan.medication.add")}
      </Button>
    </Card>
  );
}

interface OneMedicationProps {
  of: MedicationDraft;
  number: number;
  mistakes: Mistakes;
  onChange(part: Partial<MedicationDraft>): void;
  onRemove(): void;
}

function OneMedication({ of, number, mistakes, onChange, onRemove }: OneMedicationProps) {
  const t = useT();
  const wrong = useMistake(mistakes, `medication.${of.id}`);
  const minutes = { unit: t("clinician.plan.minutes"), inputMode: "decimal" as const };
  return (
    <fieldset className="plan-row">
      <legend>{t("clinician.plan.medicine", { number })}</legend>
      <div className="plan-fields">
        <Field
          label={t("care.plan.medicine")}
          hint={t("clinician.plan.medicine.hint")}
          value={of.name}
          error={wrong("name")}
          onChange={(name) => onChange({ name })}
        />
        <Field
          label={t("care.plan.first")}
          type="datetime-local"
          value={of.firstAt}
          error={wrong("firstAt")}
          onChange={(firstAt) => onChange({ firstAt })}
        />
        <Field
          label={t("care.plan.every")}
          unit={t("clinician.plan.hours")}
          inputMode="decimal"
          value={of.everyHours}
          error={wrong("everyHours")}
          onChange={(everyHours) => onChange({ everyHours })}
        />
        <Field
          label={t("care.plan.doses")}
          inputMode="numeric"
          value={of.doses}
          error={wrong("doses")}
          onChange={(doses) => onChange({ doses })}
        />
        <Field
          label={t("clinician.plan.early")}
          {...minutes}
          value={of.earlyMinutes}
          error={wrong("earlyMinutes")}
          onChange={(earlyMinutes) => onChange({ earlyMinutes })}
        />
        <Field
          label={t("clinician.plan.on_time")}
          {...minutes}
          value={of.onTimeMinutes}
          error={wrong("onTimeMinutes")}
          onChange={(onTimeMinutes) => onChange({ onTimeMinutes })}
        />
        <Field
          label={t("clinician.plan.late")}
          {...minutes}
          value={of.lateMinutes}
          error={wrong("lateMinutes")}
          onChange={(lateMinutes) => onChange({ lateMinutes })}
        />
      </div>
      <Button icon={Trash2} kind="quiet" onClick={onRemove}>
        {t("clinician.plan.remove", { what: t("clinician.plan.medicine", { number }) })}
      </Button>
    </fieldset>
  );
}
