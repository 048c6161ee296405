import { Minus, MoveDown, MoveRight, MoveUp } from "lucide-react";
import { Link } from "react-router";
import { explain } from "../../../data/errors";
import { useT } from "../../../i18n";
import { type Level, State } from "../../../ui/State";
import { type Column, Table } from "../../../ui/Table";
import { isOpen, isUnresolved } from "../../care/alerts";
import { PatientName } from "../../care/PatientName";
import { News2State } from "../patient/News2State";
import type { BedReport } from "./BedProbe";
import { type Trend, trendOf } from "./urgency";

/** The ward as a table: on a phone each patient is a card. */
export function WardTable({ beds }: { beds: readonly BedReport[] }) {
  const t = useT();
  const columns: Column<BedReport>[] = [
    {
      key: "patient",
      head: t("clinician.ward.patient"),
      cell: (bed) => (
        <Link to={`/clinician/patients/${bed.patient}`}>
          <PatientName of={bed.patient} />
        </Link>
      ),
    },
    { key: "score", head: t("clinician.ward.score"), cell: (bed) => <Score of={bed} /> },
    { key: "trend", head: t("clinician.ward.trend"), cell: (bed) => <TrendWord of={trendOf(bed.assessment)} /> },
    { key: "alerts", head: t("clinician.ward.alerts"), cell: (bed) => <Alerts of={bed} /> },
    { key: "findings", head: t("clinician.ward.findings"), cell: (bed) => <Findings of={bed} /> },
  ];
  return (
    <Table
      caption={t("clinician.ward.caption")}
      captionHidden
      columns={columns}
      rows={beds}
      rowKey={(bed) => bed.patient}
    />
  );
}

function Score({ of }: { of: BedReport }) {
  const t = useT();
  if (of.assessment) {
    return (
      <>
        <News2State of={of.assessment} />
        {of.stale && <span className="muted"> {t("clinician.ward.stale")}</span>}
        {of.simulated && <span className="muted"> {t("ui.simulated")}</span>}
        {of.failures > 0 && <span className="muted"> {t("clinician.ward.failures", { count: of.failures })}</span>}
      </>
    );
  }
  const level: Level = of.unread === "failed" ? "warning" : of.unread === "loading" ? "waiting" : "unknown";
  return (
    <>
      <State level={level}>{t(`clinician.ward.unread.${of.unread ?? "loading"}`)}</State>
      {of.error !== undefined && <span className="muted"> {explain(of.error, t).what}</span>}
    </>
  );
}

const TRENDS = { rising: MoveUp, falling: MoveDown, steady: MoveRight, unknown: Minus };

export function TrendWord({ of }: { of: Trend }) {
  const t = useT();
  const Icon = TRENDS[of];
  return (
    <span className="trend">
      <Icon aria-hidden="true" className="icon" /> {t(`clinician.trend.${of}`)}
    </span>
  );
}

function Alerts({ of }: { of: BedReport }) {
  const t = useT();
  if (!of.alerts) return <span className="muted">{t("clinician.ward.unknown")}</span>;
  const open = of.alerts.filter(isOpen);
  const urgent = open.some((alert) => alert.in_emergency_tier);
  if (open.length > 0)
    return <State level={urgent ? "danger" : "warning"}>{t("clinician.ward.open", { count: open.length })}</State>;
  const unresolved = of.alerts.filter(isUnresolved).length;
  if (unresolved > 0) return <State level="watch">{t("clinician.ward.unresolved", { count: unresolved })}</State>;
  return <>{t("clinician.ward.no_alerts")}</>;
}

function Findings({ of }: { of: BedReport }) {
  const t = useT();
  if (!of.assessment) return <span className="muted">{t("clinician.ward.unknown")}</span>;
  const { findings } = of.assessment;
  if (findings.length === 0) return <>{t("clinician.ward.no_findings")}</>;
  const worst = findings.some(({ severity }) => severity === "emergency")
    ? "danger"
    : findings.some(({ severity }) => severity === "urgent")
      ? "warning"
      : "watch";
  return <State level={worst}>{t("clinician.ward.findings_of", { count: findings.length })}</State>;
}
