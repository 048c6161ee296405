import type { AlertInfo } from "@cw-vitals/client/care";
import { useState } from "react";
import type { ChainData } from "../../../data/chain";
import { useClockEach } from "../../../data/clock";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card, Empty, Facts } from "../../../ui/Card";
import { Loaded } from "../../../ui/Loaded";
import { AlertCard } from "../../care/AlertCard";
import { byUrgency, responseTimes } from "../../care/alerts";
import { useDuration } from "../../care/duration";
import { AlertEvidence } from "./AlertEvidence";
import { HandOver } from "./HandOver";
import type { Monitored } from "./useMonitored";

const PAGE = 30;

/** All alerts with what they are about, and how fast they were answered. */
export function AlertsTab({ alerts, of }: { alerts: ChainData<AlertInfo[]>; of: Monitored }) {
  const t = useT();
  const [shown, setShown] = useState(PAGE);
  const now = useClockEach(5000) / 1000;
  return (
    <Loaded of={alerts} failed={t("clinician.alerts.failed")}>
      {(all) => (
        <>
          {all.length === 0 && <Empty title={t("care.alerts.none")}>{t("care.alerts.none.means")}</Empty>}
          <ResponseTimes of={all} />
          {byUrgency(all, now)
            .slice(0, shown)
            .map((alert) => (
              <AlertCard key={alert.alert} alert={alert} capacity="clinician">
                <AlertEvidence alert={alert} of={of} />
                <HandOver alert={alert} />
              </AlertCard>
            ))}
          {all.length > shown && (
            <Button onClick={() => setShown(shown + PAGE)}>{t("care.more", { count: all.length - shown })}</Button>
          )}
        </>
      )}
    </Loaded>
  );
}

function ResponseTimes({ of }: { of: readonly AlertInfo[] }) {
  const t = useT();
  const duration = useDuration();
  const times = responseTimes(of);
  if (!times) return null;
  return (
    <Card title={t("clinician.response.title")}>
      <Facts
        of={[
          {
            key: "answered",
            name: t("clinician.response.answered"),
            value: t("clinician.response.of", { answered: times.answered, all: of.length }),
          },
          { key: "median", name: t("clinician.response.median"), value: duration(times.median) },
          { key: "slowest", name: t("clinician.response.slowest"), value: duration(times.slowest) },
        ]}
      />
    </Card>
  );
}
