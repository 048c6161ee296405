import { type FormEvent, useState } from "react";
import { CATEGORIES, type Category, categoriesOf } from "../../../data/measures";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Checks } from "../../../ui/Field";
import { Notice } from "../../../ui/State";
import { core } from "../../../worker/pool";
import type { Plan } from "../../care/plan";
import { type Mistakes, type PlanDraft, planOf } from "./draft";
import { GoalFields } from "./GoalFields";
import { MedicationFields } from "./MedicationFields";
import { PersonalFields } from "./PersonalFields";
import { drawRules } from "./rules";
import { SignPlan } from "./SignPlan";
import { ThresholdFields } from "./ThresholdFields";
import { useLocale } from "./useLocale";

interface PlanFormProps {
  patient: string;
  /** The newest version when writing began. */
  replaces: number;
  categories: readonly Category[] | undefined;
  draft: PlanDraft;
  onDone(): void;
}

/** The boxes of a plan; what it says is checked before anything is signed. */
export function PlanForm({ patient, replaces, categories: before, draft: given, onDone }: PlanFormProps) {
  const t = useT();
  const locale = useLocale();
  const [draft, setDraft] = useState(given);
  const [chosen, setChosen] = useState<Category[]>([...(before ?? [])]);
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const [error, setError] = useState<unknown>();
  const [ready, setReady] = useState<Plan>();
  const needed = neededBy(draft);
  const categories = CATEGORIES.filter((category) => chosen.includes(category) || needed.includes(category));
  const change = (part: Partial<PlanDraft>) => setDraft({ ...draft, ...part });
  const check = async (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    const read = planOf(draft, locale, drawRules(draft));
    setMistakes(read.mistakes ?? {});
    if (!read.plan || categories.length === 0) return;
    try {
      await core().ask("checkPlan", { plan: read.plan });
      setReady(read.plan);
    } catch (failure) {
      setError(failure);
    }
  };
  const count = Object.keys(mistakes).length;
  return (
    <form onSubmit={check} noValidate>
      <ThresholdFields value={draft.thresholds} mistakes={mistakes} onChange={(thresholds) => change({ thresholds })} />
      <MedicationFields
        value={draft.medication}
        mistakes={mistakes}
        onChange={(medication) => change({ medication })}
      />
      <GoalFields value={draft.goals} mistakes={mistakes} onChange={(goals) => change({ goals })} />
      <PersonalFields value={draft.personal} mistakes={mistakes} onChange={(personal) => change({ personal })} />
      <Card title={t("clinician.plan.categories")}>
        <Checks
          legend={t("clinician.plan.categories.legend")}
          hint={t("clinician.plan.categories.hint")}
          error={categories.length === 0 ? t("clinician.plan.categories.none") : undefined}
          options={CATEGORIES.map((value) => ({ value, label: t(`measures.category.${value}`) }))}
          value={categories}
          onChange={setChosen}
        />
      </Card>
      {count > 0 && <Notice level="warning" title={t("clinician.plan.mistakes", { count })} />}
      {error !== undefined && <ErrorNotice error={error} title={t("clinician.plan.refused")} />}
      <div className="actions">
        <Button type="submit" kind="primary">
          {t("clinician.plan.check")}
        </Button>
        <Button onClick={onDone}>{t("ui.cancel")}</Button>
      </div>
      {ready && (
        <SignPlan
          patient={patient}
          plan={ready}
          replaces={replaces}
          categories={categories}
          onDone={onDone}
          onClose={() => setReady(undefined)}
        />
      )}
    </form>
  );
}

/** What a plan watches, it is about. */
export function neededBy(draft: Pick<PlanDraft, "thresholds" | "medication">): Category[] {
  const watched = categoriesOf(draft.thresholds.map(({ measure }) => measure));
  return draft.medication.length > 0 ? [...new Set<Category>([...watched, "medication"])] : watched;
}
