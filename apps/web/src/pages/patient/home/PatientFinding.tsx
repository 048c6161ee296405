import { useT } from "../../../i18n";
import type { Finding } from "../../../worker/care";
import { FindingText } from "../../care/FindingText";
import { SeverityState } from "../../care/SeverityState";

/** A finding as its patient reads it: how urgent, what was seen, and what to do. */
export function PatientFinding({ of }: { of: Finding }) {
  const t = useT();
  const todo = of.kind === "signal" || of.kind === "adherence" ? of.kind : of.severity;
  return (
    <div className="stack">
      <SeverityState of={of.severity} />
      <FindingText of={of} />
      <p>
        <strong>{t(`patient.finding.todo.${todo}`)}</strong> {of.simulated && t("patient.finding.simulated")}
      </p>
    </div>
  );
}
