import { Minus, MoveDown, MoveRight, MoveUp } from "lucide-react";
import { Link } from "react-router";
import { explain } from "../../../data/errors";
import { useT } from "../../../i18n";
import { type Level, State } from "../../../ui/State";
import { type Column, Table } from "../../../ui/Table";
import { isOpen, isUnresolved } from "../../care/alerts";
import { PatientName } from "../../care/PatientName";
import { TakeOn } from "../../care/TakeOn";
import { News2State } from "../patient/News2State";
import type { BedReport } from "./BedProbe";
import { foundIn, type Trend, trendOf } from "./urgency";

/** The ward as a table: on a phone each patient is a card. */
export function WardTable({
  beds,
  fresh = false,
}: {
  beds: readonly BedReport[] /** Not on the list yet. */;
  fresh?: boolean;
}) {
  const t = useT();
  const choice = {
    key: "list",
    head: t("clinician.ward.list"),
    cell: (bed: BedReport) => <TakeOn patient={bed.patient} />,
  };
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
    ...(fresh ? [choice] : []),
  ];
  return (
    <Table
      caption={t(fresh ? "clinician.ward.new.caption" : "clinician.ward.caption")}
      captionHidden
      columns={columns}
      rows={beds}
      rowKey={(bed) => bed.patient}
    />
  );
}

export function Score({ of }: { of: BedReport }) {
  const t = useT();
  if (of.assessment) {
    return (
      <>
        <News2State of={of.assessment} />
        <Remarks
          of={[
            of.stale && t("clinician.ward.stale"),
            of.simulated && t("ui.simulated"),
            of.failures > 0 && t("clinician.ward.failures", { count: of.failures }),
          ]}
        />
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

/** What is to be said beside a score, set apart from it and from each other. */
function Remarks({ of }: { of: readonly (string | false)[] }) {
  return of
    .filter((text) => text !== false)
    .map((text) => (
      <span key={text} className="muted">
        {` · ${text}`}
      </span>
    ));
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

export function Findings({ of }: { of: BedReport }) {
  const t = useT();
  const findings = foundIn(of);
  if (findings === "unknown") return <span className="muted">{t("clinician.ward.unknown")}</span>;
  if (findings === "no_plan") return <span className="muted">{t("clinician.ward.no_plan")}</span>;
  if (findings === "none") return <>{t("clinician.ward.no_findings")}</>;
  const worst = findings.some(({ severity }) => severity === "emergency")
    ? "danger"
    : findings.some(({ severity }) => severity === "urgent")
      ? "warning"
      : "watch";
  return <State level={worst}>{t("clinician.ward.findings_of", { count: findings.length })}</State>;
}
