import { Plus, Trash2 } from "lucide-react";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Field } from "../../../ui/Field";
import { type GoalDraft, type Mistakes, newGoal } from "./draft";
import { useMistake } from "./useMistake";

interface GoalFieldsProps {
  value: readonly GoalDraft[];
  mistakes: Mistakes;
  onChange(value: GoalDraft[]): void;
}

/** What is to be reached, in words. */
export function GoalFields({ value, mistakes, onChange }: GoalFieldsProps) {
  const t = useT();
  return (
    <Card title={t("care.plan.goals")}>
      <p className="muted">{t("clinician.plan.goals.lead")}</p>
      {value.map((one, place) => (
        <OneGoal
          key={one.id}
          of={one}
          number={place + 1}
          mistakes={mistakes}
          onChange={(part) => onChange(value.map((other) => (other.id === one.id ? { ...other, ...part } : other)))}
          onRemove={() => onChange(value.filter(({ id }) => id !== one.id))}
        />
      ))}
      <Button icon={Plus} onClick={() => onChange([...value, newGoal()])}>
        {t("clinician.plan.goals.add")}
      </Button>
    </Card>
  );
}

interface OneGoalProps {
  of: GoalDraft;
  number: number;
  mistakes: Mistakes;
  onChange(part: Partial<GoalDraft>): void;
  onRemove(): void;
}

function OneGoal({ of, number, mistakes, onChange, onRemove }: OneGoalProps) {
  const t = useT();
  const wrong = useMistake(mistakes, `goals.${of.id}`);
  return (
    <fieldset className="plan-row">
      <legend>{t("clinician.plan.goal", { number })}</legend>
      <div className="plan-fields plan-goal">
        <Field
          label={t("clinician.plan.goal.text")}
          value={of.text}
          error={wrong("text")}
          onChange={(text) => onChange({ text })}
        />
        <Field
          label={t("clinician.plan.goal.by")}
          optional
          type="date"
          value={of.by}
          error={wrong("by")}
          onChange={(by) => onChange({ by })}
        />
      </div>
      <Button icon={Trash2} kind="quiet" onClick={onRemove}>
        {t("clinician.plan.remove", { what: t("clinician.plan.goal", { number }) })}
      </Button>
    </fieldset>
  );
}
