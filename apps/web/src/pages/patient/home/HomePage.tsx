import { useT } from "../../../i18n";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { StaleMark } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { Progress } from "../../../ui/Progress";
import { useAgentState } from "../keys/agent";
import { KeysNeeded } from "../keys/KeysNeeded";
import { usePatient } from "../lib/patient";
import { usePlanInForce } from "../medication/use-plan";
import { Findings } from "./Findings";
import { Overall } from "./Overall";
import { Tiles } from "./Tiles";
import { AlertsWaiting, ToDo } from "./ToDo";
import { useCondition } from "./use-condition";

/** The patient's condition at a glance, and what waits for the patient. */
export function HomePage() {
  const t = useT();
  const { patient } = usePatient();
  const keys = useAgentState();
  return (
    <Page title={t("patient.home.title")}>
      <AlertsWaiting patient={patient} />
      {keys.status === "ready" ? <Condition /> : <KeysNeeded />}
      <ToDo />
    </Page>
  );
}

function Condition() {
  const t = useT();
  const { patient } = usePatient();
  const plan = usePlanInForce(patient);
  const condition = useCondition(patient, plan.data);
  const { readings } = condition;
  return (
    <>
      <Overall of={condition} thresholds={plan.data?.thresholds ?? []} />
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
      <Tiles of={condition} thresholds={plan.data?.thresholds ?? []} />
      <p className="muted">{t(plan.data ? "patient.home.judged.plan" : "patient.home.judged.news2")}</p>
      {condition.assessment && condition.assessment.findings.length > 0 && (
        <Findings of={condition.assessment.findings} />
      )}
    </>
  );
}
