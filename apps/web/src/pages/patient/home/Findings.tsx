import { useT } from "../../../i18n";
import { Card } from "../../../ui/Card";
import type { Finding } from "../../../worker/care";
import { PatientFinding } from "./PatientFinding";

const SHOWN = 5;

/** What the care plan's rules find in the last day, as the gateway does. */
export function Findings({ of }: { of: readonly Finding[] }) {
  const t = useT();
  return (
    <Card title={t("patient.findings.title")}>
      <p className="muted">{t("patient.findings.lead")}</p>
      {of.slice(0, SHOWN).map((finding) => (
        <PatientFinding key={`${finding.rule}/${finding.fromMs}/${finding.toMs}`} of={finding} />
      ))}
    </Card>
  );
}
