import { careCalls } from "@cw-vitals/client";
import type * as care from "@cw-vitals/client/care";
import { useState } from "react";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Page } from "../../../ui/Page";
import { Loading } from "../../../ui/Progress";
import { useToast } from "../../../ui/Toast";
import { PlanHistory } from "../../care/PlanHistory";
import { WithKeys } from "../keys/KeysNeeded";
import { usePatient } from "../lib/patient";
import { Doses } from "./Doses";
import { usePlanInForce } from "./use-plan";

/** The care plan, its medication, and whether it was taken. */
export function MedicationPage() {
  const t = useT();
  const { patient } = usePatient();
  return (
    <Page title={t("patient.medication.title")} lead={t("patient.medication.lead")}>
      <WithKeys>
        <InForce patient={patient} />
      </WithKeys>
      <h2>{t("patient.medication.plans")}</h2>
      <PlanHistory
        patient={patient}
        capacity="patient"
        actions={(plan) => <PlanActs plan={plan} patient={patient} />}
      />
    </Page>
  );
}

function InForce({ patient }: { patient: string }) {
  const t = useT();
  const plan = usePlanInForce(patient);
  if (plan.data) return <Doses patient={patient} plan={plan.data} />;
  if (plan.state === "none") {
    return (
      <Card title={t("patient.medication.doses")}>
        <p>{t("patient.medication.no_plan")}</p>
      </Card>
    );
  }
  if (plan.state === "failed")
    return <ErrorNotice error={plan.error} title={t("patient.medication.unopened")} onRetry={plan.open} />;
  if (plan.state === "loading") return <Loading />;
  return <Button onClick={plan.open}>{t("patient.medication.open")}</Button>;
}

type Act = "accept" | "withdraw";

function PlanActs({ plan, patient }: { plan: care.PlanInfo; patient: string }) {
  const t = useT();
  const [act, setAct] = useState<Act>();
  if (plan.state === "withdrawn") return null;
  return (
    <>
      {plan.state === "proposed" && (
        <Button kind="primary" onClick={() => setAct("accept")}>
          {t("patient.plan.accept")}
        </Button>
      )}
      <Button kind="danger" onClick={() => setAct("withdraw")}>
        {t("patient.plan.withdraw")}
      </Button>
      {act && <PlanDialog act={act} patient={patient} version={plan.version} onClose={() => setAct(undefined)} />}
    </>
  );
}

function PlanDialog({
  act,
  patient,
  version,
  onClose,
}: {
  act: Act;
  patient: string;
  version: number;
  onClose(): void;
}) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const confirm = async () => {
    await send(
      act === "accept" ? careCalls.acknowledgePlan({ patient, version }) : careCalls.withdrawPlan({ patient, version }),
    );
    say(t(`patient.plan.${act}.done`));
  };
  return (
    <Confirm
      open
      title={t(`patient.plan.${act}.title`, { version })}
      consequences={[t(`patient.plan.${act}.one`), t(`patient.plan.${act}.two`)]}
      action={t(`patient.plan.${act}`)}
      kind={act === "accept" ? "primary" : "danger"}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
