import type { AlertInfo } from "@cw-vitals/client/care";
import type { ChainData } from "../../../data/chain";
import { useClockEach } from "../../../data/clock";
import { useHeld } from "../../../data/held";
import { useT } from "../../../i18n";
import { Card, Empty } from "../../../ui/Card";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Loading } from "../../../ui/Progress";
import { AlertCard } from "../../care/AlertCard";
import { byUrgency, isUnresolved } from "../../care/alerts";
import { FindingCard } from "../../care/FindingCard";
import { NotWhole } from "../../care/NotWhole";
import { News2Card } from "./News2Card";
import { Tiles } from "./Tiles";
import type { Monitored } from "./useMonitored";

/** What one comes to see first: what waits, the score with its parts, the latest numbers, what was found. */
export function OverviewTab({
  patient,
  of,
  alerts,
}: {
  patient: string;
  of: Monitored;
  alerts: ChainData<AlertInfo[]>;
}) {
  const t = useT();
  const now = useClockEach(5000) / 1000;
  const unresolved = byUrgency((alerts.data ?? []).filter(isUnresolved), now);
  return (
    <>
      {unresolved.length > 0 && (
        <section aria-labelledby="clinician-waits">
          <h2 id="clinician-waits">{t("clinician.overview.alerts")}</h2>
          {unresolved.map((alert) => (
            <AlertCard key={alert.alert} alert={alert} capacity="clinician" />
          ))}
        </section>
      )}
      <News2Card of={of} />
      <section aria-labelledby="clinician-latest">
        <h2 id="clinician-latest">{t("clinician.overview.latest")}</h2>
        <Tiles patient={patient} of={of} />
      </section>
      <FindingsOf of={of} />
    </>
  );
}

function FindingsOf({ of }: { of: Monitored }) {
  const t = useT();
  const { assessed, plan, planState } = of;
  const nothingRead = of.measured.columns.times.length === 0;
  const nothing = assessed.data?.findings.length === 0;
  const complete = useHeld(of.measured.complete, of.measured.complete !== "opening");
  const judging =
    planState === "loading" || (plan !== undefined && assessed.data === undefined && assessed.error === undefined);
  return (
    <section aria-labelledby="clinician-findings">
      <h2 id="clinician-findings">{t("clinician.overview.findings")}</h2>
      {assessed.error !== undefined && (
        <ErrorNotice error={assessed.error} title={t("clinician.findings.failed")} onRetry={assessed.retry} />
      )}
      {!plan && planState !== "loading" && (
        <Card>
          <p>{t("clinician.findings.no_plan")}</p>
        </Card>
      )}
      {judging && complete !== "unread" && <Loading label={t("clinician.findings.working")} />}
      {plan && nothing && complete === "whole" && (
        <Empty title={t("clinician.findings.none")}>
          {nothingRead ? t("clinician.findings.nothing_read") : t("clinician.findings.none.means")}
        </Empty>
      )}
      {plan && complete !== "whole" && <NotWhole of={complete} />}
      {assessed.data?.findings.map((finding, place) => (
        <FindingCard key={`${finding.rule}-${finding.toMs}-${finding.fromMs}`} of={finding} id={`finding-${place}`} />
      ))}
    </section>
  );
}
