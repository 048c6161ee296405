import { useT } from "../../../i18n";
import { Card } from "../../../ui/Card";
import { Check, Field, Radios } from "../../../ui/Field";
import type { Mistakes, PersonalDraft } from "./draft";
import { useMistake } from "./useMistake";

interface PersonalFieldsProps {
  value: PersonalDraft;
  mistakes: Mistakes;
  onChange(value: PersonalDraft): void;
}

/** Watching against the person's own usual values, and NEWS2. */
export function PersonalFields({ value, mistakes, onChange }: PersonalFieldsProps) {
  const t = useT();
  const wrong = useMistake(mistakes, "personal");
  return (
    <Card title={t("care.plan.personal")}>
      <Check
        label={t("clinician.plan.personal.on")}
        hint={t("clinician.plan.personal.hint")}
        checked={value.on}
        onChange={(on) => onChange({ ...value, on })}
      />
      {value.on && (
        <>
          <Radios
            legend={t("clinician.plan.news2")}
            value={value.news2}
            options={(["one", "two", "off"] as const).map((scale) => ({
              value: scale,
              label: t(`clinician.plan.news2.${scale}`),
              hint: t(`clinician.plan.news2.${scale}.hint`),
            }))}
            onChange={(news2) => onChange({ ...value, news2 })}
          />
          <Field
            label={t("care.plan.ladder")}
            hint={t("clinician.plan.ladder.hint")}
            inputMode="numeric"
            value={value.ladder}
            error={wrong("ladder")}
            onChange={(ladder) => onChange({ ...value, ladder })}
          />
        </>
      )}
    </Card>
  );
}
