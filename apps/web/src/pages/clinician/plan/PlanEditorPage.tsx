import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useT } from "../../../i18n";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { Loading } from "../../../ui/Progress";
import { Notice } from "../../../ui/State";
import { usePatientName } from "../../care/PatientName";
import { type Plans, usePlans } from "../../care/PlanHistory";
import { usePlan } from "../../care/usePlan";
import { draftOf, emptyDraft } from "./draft";
import { PlanForm } from "./PlanForm";
import { useLocale } from "./useLocale";

/** Writing the next version of a plan, from the newest that is not withdrawn. */
export function PlanEditorPage() {
  const { patient = "" } = useParams();
  const t = useT();
  const name = usePatientName();
  const plans = usePlans(patient);
  return (
    <Page title={t("clinician.plan.editor", { name: name(patient) })} lead={t("clinician.plan.editor.lead")}>
      <Loaded of={plans} failed={t("care.plan.failed")}>
        {(of) => <FromNewest patient={patient} plans={of} />}
      </Loaded>
    </Page>
  );
}

function FromNewest({ patient, plans }: { patient: string; plans: Plans }) {
  const t = useT();
  const locale = useLocale();
  const navigate = useNavigate();
  // what was the newest when writing began: another version since is a conflict, and told as one
  const [began, setBegan] = useState(plans);
  const [anyway, setAnyway] = useState(false);
  const newest = began.all.find(({ state }) => state !== "withdrawn");
  const opened = usePlan(patient, newest, "clinician");
  const back = () => void navigate(`/clinician/patients/${patient}?tab=plan`);
  const conflict = plans.current.newest !== began.current.newest;
  if (newest && opened.isPending) return <Loading label={t("care.plan.reading")} />;
  if (opened.error && !anyway) {
    return (
      <ErrorNotice error={opened.error} title={t("clinician.plan.unread")} onRetry={() => void opened.refetch()} />
    );
  }
  return (
    <>
      {conflict && (
        <Notice
          level="danger"
          title={t("clinician.plan.conflict", { version: plans.current.newest })}
          actions={
            <button
              type="button"
              className="button button-secondary"
              onClick={() => {
                setBegan(plans);
                setAnyway(false);
              }}
            >
              {t("clinician.plan.conflict.load")}
            </button>
          }
        >
          <p>{t("clinician.plan.conflict.todo")}</p>
        </Notice>
      )}
      <PlanForm
        key={began.current.newest}
        patient={patient}
        replaces={began.current.newest}
        categories={newest?.categories}
        draft={opened.data ? draftOf(opened.data, locale) : emptyDraft()}
        onDone={back}
      />
    </>
  );
}
