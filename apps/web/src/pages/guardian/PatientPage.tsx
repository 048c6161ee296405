import { useParams, useSearchParams } from "react-router";
import { useClockEach } from "../../data/clock";
import { useT } from "../../i18n";
import { useSession } from "../../session/useSession";
import { Empty } from "../../ui/Card";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { Notice } from "../../ui/State";
import { Tabs } from "../../ui/Tabs";
import { AlertCard } from "../care/AlertCard";
import { byUrgency } from "../care/alerts";
import { NameThisPatient } from "../care/NameThisPatient";
import { usePatientName } from "../care/PatientName";
import { PlanHistory } from "../care/PlanHistory";
import { TabSection } from "../care/TabSection";
import { DutyList } from "./DutyList";
import { EmergenciesTab } from "./EmergenciesTab";
import { duties, type InCare } from "./in-care";
import { PowersTab } from "./PowersTab";
import { ReceiptsTab } from "./ReceiptsTab";
import { RecoveryTab } from "./RecoveryTab";
import { useInCare } from "./useInCare";

const TABS = ["now", "alerts", "plan", "powers", "emergencies", "recovery", "receipts"] as const;
type TabKey = (typeof TABS)[number];

/** One patient in one's care. */
export function PatientPage() {
  const { patient = "" } = useParams();
  const t = useT();
  const name = usePatientName();
  const inCare = useInCare(patient);
  return (
    <Page title={name(patient)} lead={t("guardian.patient.lead", { patient })}>
      <Loaded of={inCare} failed={t("guardian.patient.failed")}>
        {(of) => <PatientTabs of={of} stale={inCare.stale} />}
      </Loaded>
      <NameThisPatient patient={patient} back="/guardian" />
    </Page>
  );
}

function PatientTabs({ of, stale }: { of: InCare; stale: boolean }) {
  const t = useT();
  const [query, setQuery] = useSearchParams();
  const may = (power: "read") => of.guardian.live && of.guardian.powers.includes(power);
  const shown = TABS.filter((tab) => tab !== "receipts" || may("read"));
  const chosen = shown.find((tab) => tab === query.get("tab")) ?? "now";
  const contents: Record<TabKey, () => React.ReactNode> = {
    now: () => <Now of={of} stale={stale} />,
    alerts: () => <Alerts of={of} />,
    plan: () => <PlanHistory patient={of.patient.patient} capacity="guardian" />,
    powers: () => <PowersTab of={of} />,
    emergencies: () => <EmergenciesTab of={of} />,
    recovery: () => <RecoveryTab of={of} />,
    receipts: () => <ReceiptsTab patient={of.patient.patient} />,
  };
  const tabs = shown.map((key) => ({
    key,
    label: t(`guardian.tab.${key}`),
    content: key === chosen ? <TabSection title={t(`guardian.tab.${key}`)}>{contents[key]()}</TabSection> : null,
  }));
  return (
    <Tabs
      label={t("guardian.tabs")}
      tabs={tabs}
      value={chosen}
      onChange={(tab) => setQuery({ tab }, { replace: true })}
    />
  );
}

function Now({ of, stale }: { of: InCare; stale: boolean }) {
  const t = useT();
  const { address } = useSession();
  const now = useClockEach(5000) / 1000;
  const waits = duties(of, address, now);
  if (waits.length > 0) return <DutyList of={of} duties={waits} />;
  if (stale) return null;
  return <Notice level="good" title={t("guardian.waits.nothing")} />;
}

function Alerts({ of }: { of: InCare }) {
  const t = useT();
  const now = useClockEach(5000) / 1000;
  if (of.alerts.length === 0) return <Empty title={t("care.alerts.none")}>{t("care.alerts.none.means")}</Empty>;
  return (
    <>
      {byUrgency(of.alerts, now).map((alert) => (
        <AlertCard key={alert.alert} alert={alert} capacity="guardian" />
      ))}
    </>
  );
}
