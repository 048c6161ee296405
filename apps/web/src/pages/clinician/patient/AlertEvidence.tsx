import type { AlertInfo } from "@cw-vitals/client/care";
import { useT } from "../../../i18n";
import { FindingCard } from "../../care/FindingCard";
import { findingOf } from "./alert-findings";
import type { Monitored } from "./useMonitored";

/** What the plan finds of an alert in the readings that are open, whatever the gateway wrote. */
export function AlertEvidence({ alert, of }: { alert: AlertInfo; of: Monitored }) {
  const t = useT();
  if (!alert.digest) return null;
  const finding = findingOf(alert, of.assessed.data?.findings ?? []);
  if (!finding) return <p className="muted">{t("clinician.alert.no_finding")}</p>;
  return (
    <details>
      <summary>{t("clinician.alert.evidence")}</summary>
      <FindingCard of={finding} id={`evidence-${alert.alert}`} level="h4" />
    </details>
  );
}
