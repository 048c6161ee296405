import { VitalsError } from "@cw-vitals/client/errors";
import { useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { useClock } from "../../../data/clock";
import { useT } from "../../../i18n";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Select } from "../../../ui/Field";
import { Page } from "../../../ui/Page";
import { Progress } from "../../../ui/Progress";
import { Notice } from "../../../ui/State";
import { Tabs } from "../../../ui/Tabs";
import { NameThisPatient } from "../../care/NameThisPatient";
import { usePatientName } from "../../care/PatientName";
import { TabSection } from "../../care/TabSection";
import { useAlerts } from "../../care/useAlerts";
import { PlanTab } from "../plan/PlanTab";
import { AccessTab } from "./AccessTab";
import { AdherenceTab } from "./AdherenceTab";
import { AlertsTab } from "./AlertsTab";
import { ChartsTab } from "./ChartsTab";
import { OverviewTab } from "./OverviewTab";
import { opensNow } from "./reads";
import { type Monitored, useMonitored } from "./useMonitored";

const TABS = ["overview", "charts", "alerts", "plan", "adherence", "access"] as const;
type TabKey = (typeof TABS)[number];

const WINDOWS = ["24", "72", "168", "672"] as const;
type WindowChoice = (typeof WINDOWS)[number];

/** One patient: how it stands, by what, and what can be done. Nothing of one is held over to the next. */
export function PatientPage() {
  const { patient = "" } = useParams();
  return <OnePatient key={patient} patient={patient} />;
}

function OnePatient({ patient }: { patient: string }) {
  const t = useT();
  const name = usePatientName();
  const [hours, setHours] = useState<WindowChoice>("24");
  const monitored = useMonitored(patient, Number(hours));
  const alerts = useAlerts(patient);
  const [query, setQuery] = useSearchParams();
  const chosen = TABS.find((tab) => tab === query.get("tab")) ?? "overview";
  const choose = (
    <Select
      label={t("clinician.patient.window")}
      value={hours}
      options={WINDOWS.map((value) => ({ value, label: t("clinician.patient.hours", { hours: Number(value) }) }))}
      onChange={setHours}
    />
  );
  const contents: Record<TabKey, () => React.ReactNode> = {
    overview: () => <OverviewTab patient={patient} of={monitored} alerts={alerts} />,
    charts: () => <ChartsTab of={monitored} />,
    alerts: () => <AlertsTab alerts={alerts} of={monitored} />,
    plan: () => <PlanTab patient={patient} />,
    adherence: () => <AdherenceTab patient={patient} of={monitored} />,
    access: () => <AccessTab patient={patient} of={monitored} />,
  };
  const tabs = TABS.map((key) => ({
    key,
    label: t(`clinician.tab.${key}`),
    content: key === chosen ? <TabSection title={t(`clinician.tab.${key}`)}>{contents[key]()}</TabSection> : null,
  }));
  return (
    <Page title={name(patient)} lead={t("clinician.patient.lead", { patient })} actions={choose}>
      <ReadState of={monitored} />
      <Tabs
        label={t("clinician.tabs")}
        tabs={tabs}
        value={chosen}
        onChange={(tab) => setQuery({ tab }, { replace: true })}
      />
      <NameThisPatient patient={patient} back="/clinician" />
    </Page>
  );
}

/** What keeps the readings from being there, whole and current. */
function ReadState({ of }: { of: Monitored }) {
  const t = useT();
  const { measured, grants } = of;
  const failures = Object.values(measured.by).flatMap((readings) => readings.failures);
  const waits = waitsForKeys(of, useClock()() / 1000);
  return (
    <>
      {of.error !== undefined && <ErrorNotice error={of.error} title={t("clinician.patient.failed")} />}
      {measured.progress && of.assessed.data === undefined && (
        <Progress
          label={t("clinician.patient.reading")}
          done={measured.progress.done}
          total={measured.progress.total}
          onCancel={measured.cancel}
        />
      )}
      {measured.errors.slice(0, 1).map((error) => (
        <ErrorNotice key="read" error={error} title={t("clinician.patient.unread")} onRetry={measured.retry} />
      ))}
      {failures.length > 0 && (
        <ErrorNotice
          error={failures[0]?.error}
          title={t("clinician.patient.failures", { count: failures.length })}
          onRetry={measured.retry}
        />
      )}
      {of.planError !== undefined && <ErrorNotice error={of.planError} title={t("clinician.patient.plan_unread")} />}
      {waits && <ErrorNotice error={new VitalsError("keys/none", "the grant has no key package yet")} />}
      {grants && Object.keys(of.reads).length === 0 && !waits && (
        <Notice level="unknown" title={t("clinician.patient.no_access")}>
          <p>{t("clinician.patient.no_access.todo")}</p>
        </Notice>
      )}
      {measured.simulated && <Notice level="note" title={t("clinician.patient.simulated")} />}
    </>
  );
}

/** Let in, and without keys: the patient's own app hands them over. */
function waitsForKeys({ grants = [], reads }: Monitored, nowS: number): boolean {
  return Object.keys(reads).length === 0 && grants.some((grant) => opensNow(grant, nowS) && !grant.package);
}
