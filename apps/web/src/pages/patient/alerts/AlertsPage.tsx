import type * as care from "@cw-vitals/client/care";
import { useState } from "react";
import { useClockEach } from "../../../data/clock";
import { useT } from "../../../i18n";
import { Button, ButtonLink } from "../../../ui/Button";
import { Empty } from "../../../ui/Card";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { AlertCard } from "../../care/AlertCard";
import { byUrgency, isUnresolved } from "../../care/alerts";
import { useAlerts } from "../../care/useAlerts";
import { usePatient } from "../lib/patient";
import { AlertDetail } from "./AlertDetail";

const SHOWN = 20;

export function AlertsPage() {
  const t = useT();
  const { patient } = usePatient();
  const alerts = useAlerts(patient);
  const ladder = <ButtonLink to="/patient/alerts/ladder">{t("patient.alerts.ladder")}</ButtonLink>;
  return (
    <Page title={t("patient.alerts.title")} lead={t("patient.alerts.lead")} actions={ladder}>
      <Loaded of={alerts} failed={t("patient.alerts.failed")}>
        {(all) => <Alerts all={all} />}
      </Loaded>
    </Page>
  );
}

function Alerts({ all }: { all: readonly care.AlertInfo[] }) {
  const t = useT();
  const now = useClockEach(10_000);
  const [shown, setShown] = useState(SHOWN);
  if (all.length === 0) return <Empty title={t("patient.alerts.none")}>{<p>{t("patient.alerts.none.text")}</p>}</Empty>;
  const sorted = byUrgency(all, now / 1000);
  const waiting = all.filter(isUnresolved).length;
  return (
    <div className="stack">
      <h2>{t("patient.alerts.count", { waiting, all: all.length })}</h2>
      {sorted.slice(0, shown).map((alert) => (
        <AlertCard key={alert.alert} alert={alert} capacity="patient">
          <AlertDetail alert={alert} />
        </AlertCard>
      ))}
      {sorted.length > shown && <Button onClick={() => setShown(shown + SHOWN)}>{t("patient.more")}</Button>}
    </div>
  );
}
