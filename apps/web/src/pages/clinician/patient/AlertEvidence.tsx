import type { AlertInfo } from "@cw-vitals/client/care";
import { useT } from "../../../i18n";
import { FindingCard } from "../../care/FindingCard";
import { findingOf } from "./alert-findings";
import type { Monitored } from "./useMonitored";

/** What an alert is about, from the readings that are open: the device encrypted its own words to the patient alone. */
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
