import { Plus, Trash2 } from "lucide-react";
import { useIntl } from "react-intl";
import { MEASURES } from "../../../data/measures";
import { useT } from "../../../i18n";
import { Button, Card, Check, Field, Select } from "../../../ui";
import { useMeasureTable } from "../data/core";
import { type PartProps, useFields } from "./fields";
import type { ConditionForm } from "./form";

const MOST_CONDITIONS = 3;

/** What readings must show. */
export function RulePart(props: PartProps) {
  const { form, set } = props;
  const t = useT();
  const fields = useFields(props);
  const { conditions } = form;
  const free = MEASURES.filter((measure) => !conditions.some((one) => one.measure === measure));
  const change = (at: number, part: Partial<ConditionForm>) =>
    set({ conditions: conditions.map((one, place) => (place === at ? { ...one, ...part } : one)) });
  const add = () =>
    free[0] && set({ conditions: [...conditions, { measure: free[0], comparison: "at_least", threshold: "" }] });
  const assurances = (["maker", "self_declared", "gateway"] as const).map((value) => ({
    value,
    label: t(`insurer.assurance.${value}`),
  }));
  return (
    <Card title={t("insurer.form.rule")}>
      <div className="form">
        <p className="muted">{t("insurer.form.rule.text")}</p>
        {conditions.map((condition, place) => (
          <ConditionFields
            key={condition.measure}
            place={place}
            of={condition}
            invalid={props.errors.has(`conditions.${place}.threshold`)}
            free={free}
            only={conditions.length === 1}
            onChange={(part) => change(place, part)}
            onRemove={() => set({ conditions: conditions.filter((one) => one !== condition) })}
          />
        ))}
        {conditions.length < MOST_CONDITIONS && (
          <Button icon={Plus} onClick={add}>
            {t("insurer.form.condition.add")}
          </Button>
        )}
        {fields.text("readings", t("insurer.form.readings.hint"))}
        {fields.length("spaced")}
        {fields.length("within")}
        {fields.length("anchoredWithin")}
        {fields.choice("assurance", assurances)}
        {fields.length("pairedFor")}
        {fields.text("models", t("insurer.form.models.hint"))}
        <Check
          label={t("insurer.form.calibrated")}
          checked={form.calibrated}
          onChange={(calibrated) => set({ calibrated })}
        />
        <Check
          label={t("insurer.form.questionable")}
          checked={form.questionable}
          onChange={(questionable) => set({ questionable })}
        />
        <Check
          label={t("insurer.form.simulated")}
          hint={t("insurer.form.simulated.hint")}
          checked={form.simulated}
          onChange={(simulated) => set({ simulated })}
        />
      </div>
    </Card>
  );
}

interface ConditionFieldsProps {
  place: number;
  of: ConditionForm;
  invalid: boolean;
  free: readonly ConditionForm["measure"][];
  only: boolean;
  onChange(part: Partial<ConditionForm>): void;
  onRemove(): void;
}

function ConditionFields({ place, of, invalid, free, only, onChange, onRemove }: ConditionFieldsProps) {
  const t = useT();
  const intl = useIntl();
  const { data: table } = useMeasureTable();
  const row = table?.find(({ name }) => name === of.measure);
  const range = row && { low: intl.formatNumber(row.low), high: intl.formatNumber(row.high), unit: row.unit };
  const measures = MEASURES.filter((measure) => measure === of.measure || free.includes(measure));
  const comparisons = (["at_least", "at_most"] as const).map((value) => ({
    value,
    label: t(`insurer.form.comparison.${value}`),
  }));
  return (
    <fieldset className="insurer-condition">
      <legend>{t("insurer.form.condition", { number: place + 1 })}</legend>
      <Select
        label={t("insurer.form.measure")}
        value={of.measure}
        options={measures.map((value) => ({ value, label: t(`measures.${value}`) }))}
        onChange={(measure) => onChange({ measure })}
      />
      <Select
        label={t("insurer.form.comparison")}
        value={of.comparison}
        options={comparisons}
        onChange={(comparison) => onChange({ comparison })}
      />
      <Field
        label={t("insurer.form.threshold")}
        hint={range && t("insurer.form.threshold.hint", range)}
        error={invalid ? t("insurer.form.error.threshold") : undefined}
        value={of.threshold}
        inputMode="decimal"
        autoComplete="off"
        {...(row ? { unit: row.unit } : {})}
        onChange={(threshold) => onChange({ threshold })}
      />
      {!only && (
        <Button icon={Trash2} kind="quiet" onClick={onRemove}>
          {t("insurer.form.condition.remove")}
        </Button>
      )}
    </fieldset>
  );
}
