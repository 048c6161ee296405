import { completenessOf } from "../../../data/completeness";
import { useHeld } from "../../../data/held";
import { useT } from "../../../i18n";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { StaleMark } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { Progress } from "../../../ui/Progress";
import { WithKeys } from "../keys/KeysNeeded";
import { usePatient } from "../lib/patient";
import { PlanNotice } from "../medication/PlanNotice";
import { usePlanInForce } from "../medication/use-plan";
import { Findings } from "./Findings";
import { type ToJudge, VITALS, vitals } from "./judge";
import { Overall } from "./Overall";
import { isSettled, overallOf } from "./summary";
import { Tiles } from "./Tiles";
import { AlertsWaiting, ToDo } from "./ToDo";
import { useCondition } from "./use-condition";

/** The patient's condition at a glance, and what waits for the patient. */
export function HomePage() {
  const t = useT();
  const { patient } = usePatient();
  return (
    <Page title={t("patient.home.title")}>
      <AlertsWaiting patient={patient} />
      <WithKeys>
        <Condition />
      </WithKeys>
      <ToDo />
    </Page>
  );
}

function Condition() {
  const t = useT();
  const { patient } = usePatient();
  const plan = usePlanInForce(patient);
  const condition = useCondition(patient, plan);
  const { readings } = condition;
  const { said, all } = useSaid(condition);
  const findings = condition.judgement?.assessment.findings ?? [];
  return (
    <>
      <Overall of={said} />
      {readings.error !== undefined && (
        <ErrorNotice error={readings.error} title={t("patient.home.unread")} onRetry={readings.retry} />
      )}
      {condition.error !== undefined && <ErrorNotice error={condition.error} title={t("patient.home.unjudged")} />}
      {readings.progress && readings.progress.total > 0 && (
        <Progress
          label={t("patient.home.opening")}
          done={readings.progress.done}
          total={readings.progress.total}
          onCancel={readings.cancel}
        />
      )}
      <StaleMark of={readings} />
      {readings.failures.length > 0 && (
        <ErrorNotice
          error={readings.failures[0]?.error}
          title={t("patient.home.failures", { count: readings.failures.length })}
          onRetry={readings.retry}
        />
      )}
      <PlanNotice of={plan} />
      <Tiles vitals={all} of={condition} />
      {plan.state !== "loading" && <p className="muted">{t(`patient.home.judged.${BY[plan.state]}`)}</p>}
      {findings.length > 0 && <Findings of={findings} />}
    </>
  );
}

const BY = { none: "news2", open: "plan", unopened: "without_plan", failed: "without_plan" } as const;

function useSaid(condition: ToJudge) {
  const { readings, plan } = condition;
  const all = vitals(condition);
  const complete = completenessOf(readings, VITALS);
  const said = overallOf({ vitals: all, complete, stale: readings.stale, plan: plan.state });
  const settled = isSettled(said) && all.every(({ condition: { word } }) => word !== "judging");
  return useHeld({ said, all }, settled);
}
