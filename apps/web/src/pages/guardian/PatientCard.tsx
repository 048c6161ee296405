import { Link } from "react-router";
import { useT } from "../../i18n";
import { Facts } from "../../ui/Card";
import { State } from "../../ui/State";
import { isOpen, isUnresolved } from "../care/alerts";
import { PatientName } from "../care/PatientName";
import type { InCare } from "./in-care";
import { PowerList, Until } from "./PowerList";

/** A patient in words: how it stands, what one may do, until when. */
export function PatientCard({ of }: { of: InCare }) {
  const t = useT();
  const open = of.alerts.filter(isOpen).length;
  const unresolved = of.alerts.filter(isUnresolved).length;
  return (
    <article className="card">
      <header className="card-head">
        <h3>
          <Link to={`/guardian/patients/${of.patient.patient}`}>
            <PatientName of={of.patient.patient} />
          </Link>
        </h3>
        {open > 0 && <State level="danger">{t("guardian.patient.open", { count: open })}</State>}
        {open === 0 && unresolved > 0 && (
          <State level="watch">{t("guardian.patient.unresolved", { count: unresolved })}</State>
        )}
        {unresolved === 0 && <State level="good">{t("guardian.patient.no_alerts")}</State>}
      </header>
      <Facts
        of={[
          { key: "powers", name: t("guardian.powers"), value: <PowerList of={of.guardian} /> },
          { key: "until", name: t("guardian.until"), value: <Until of={of.guardian} /> },
          {
            key: "plan",
            name: t("guardian.plan"),
            value: t(`guardian.plan.${of.newest?.state ?? "none"}`, { version: of.newest?.version }),
          },
        ]}
      />
    </article>
  );
}
