import { allPages } from "@cw-vitals/client";
import type { AdherenceInfo } from "@cw-vitals/client/care";
import { useQuery } from "@tanstack/react-query";
import { useIntl } from "react-intl";
import { useChain } from "../../../data/chain";
import { useClock, useClockEach } from "../../../data/clock";
import { useHeld } from "../../../data/held";
import { useT } from "../../../i18n";
import { Card, Facts } from "../../../ui/Card";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Loaded } from "../../../ui/Loaded";
import { Loading } from "../../../ui/Progress";
import { type Column, Table } from "../../../ui/Table";
import { Address } from "../../../ui/Text";
import { When } from "../../../ui/When";
import { core } from "../../../worker/pool";
import { HOUR_MS } from "../../care/access";
import { NotWhole } from "../../care/NotWhole";
import { dosesOf } from "./doses";
import { SignAdherence } from "./SignAdherence";
import { completenessIn } from "./useMeasured";
import type { Monitored } from "./useMonitored";

/** Doses taken against the schedule of the plan in force, and what was signed off before. */
export function AdherenceTab({ patient, of }: { patient: string; of: Monitored }) {
  const t = useT();
  return (
    <>
      <Card title={t("clinician.adherence.now")}>
        <Taken of={of} />
      </Card>
      {of.plan && of.reads.medication && <SignAdherence patient={patient} of={of} />}
      <Record patient={patient} />
    </>
  );
}

const MINUTE_MS = 60_000;

function Taken({ of }: { of: Monitored }) {
  const t = useT();
  const intl = useIntl();
  const clock = useClock();
  const nowMs = Math.floor(useClockEach(MINUTE_MS / 2) / MINUTE_MS) * MINUTE_MS;
  const read = completenessIn(of.measured.by.medication);
  const { complete, doses } = useHeld(
    { complete: read, doses: dosesOf(of.measured.by.medication?.series ?? []) },
    read !== "opening",
  );
  const scheduled = (of.plan?.medication?.length ?? 0) > 0;
  const reached = of.reads.medication?.window;
  // doses are read further back than is shown
  const readable = reached && { from: Math.max(reached.from, of.window.from), to: reached.to };
  const report = useQuery({
    queryKey: ["adherence", of.measured.mark, of.plan ?? null, readable?.from, doses.length, nowMs],
    enabled: scheduled && readable !== undefined && complete === "whole",
    placeholderData: (before) => before,
    queryFn: () =>
      core().ask("adherence", {
        plan: of.plan as object,
        dosesMs: doses,
        fromMs: readable?.from ?? 0,
        toMs: readable?.to ?? 0,
        // of this moment, not of the minute's begin
        nowMs: clock(),
      }),
  });
  if (of.planState === "loading") return <Loading />;
  if (!of.plan) return <p>{t("clinician.adherence.no_plan")}</p>;
  if (!scheduled) return <p>{t("care.plan.medication.none")}</p>;
  if (!readable) return <p>{t("clinician.adherence.no_access")}</p>;
  if (complete !== "whole") return <NotWhole of={complete} />;
  if (report.error) return <ErrorNotice error={report.error} onRetry={() => void report.refetch()} />;
  if (!report.data) return <Loading label={t("clinician.findings.working")} />;
  const { data } = report;
  const share = (part: number | null) =>
    part === null
      ? t("clinician.adherence.nothing_due")
      : intl.formatNumber(part, { style: "percent", maximumFractionDigits: 1 });
  return (
    <>
      <p className="muted">
        <When ms={readable.from} /> – <When ms={Math.min(nowMs, readable.to)} /> · {t("clinician.adherence.recorded")}
      </p>
      <Facts
        of={[
          {
            key: "taken",
            name: t("clinician.adherence.taken"),
            value: t("clinician.adherence.of", { taken: data.taken, due: data.due }),
          },
          { key: "share", name: t("clinician.adherence.share"), value: share(data.takenShare) },
          { key: "on_time", name: t("clinician.adherence.on_time"), value: intl.formatNumber(data.onTime) },
          { key: "late", name: t("clinician.adherence.late"), value: intl.formatNumber(data.late) },
          { key: "missed", name: t("clinician.adherence.missed"), value: intl.formatNumber(data.missed) },
          { key: "extra", name: t("clinician.adherence.extra"), value: intl.formatNumber(data.extra) },
          { key: "pending", name: t("clinician.adherence.pending"), value: intl.formatNumber(data.pending) },
          { key: "days", name: t("clinician.adherence.days"), value: share(data.daysCoveredShare) },
        ]}
      />
    </>
  );
}

function Record({ patient }: { patient: string }) {
  const t = useT();
  const reports = useChain(
    ["adherence", patient],
    ({ care }) =>
      allPages<AdherenceInfo>(
        async (after) => (await care.adherence({ patient, start_after: after?.report ?? null, limit: 30 })).reports,
      ),
    { patient, contracts: ["care"] },
  );
  const columns: Column<AdherenceInfo>[] = [
    { key: "report", head: t("clinician.adherence.report"), cell: (one) => one.report, numeric: true },
    {
      key: "period",
      head: t("clinician.adherence.period"),
      cell: ({ period }) => (
        <>
          <When ms={period.from * HOUR_MS} /> – <When ms={period.to * HOUR_MS} />
        </>
      ),
    },
    { key: "plan", head: t("guardian.plan"), cell: (one) => t("care.plan.version", { version: one.plan }) },
    { key: "by", head: t("clinician.adherence.by"), cell: (one) => <Address of={one.by} /> },
    { key: "at", head: t("clinician.adherence.at"), cell: (one) => <When ms={one.recorded_at * 1000} /> },
  ];
  return (
    <Loaded of={reports}>
      {(all) => (
        <Table
          caption={t("clinician.adherence.record")}
          columns={columns}
          rows={[...all].reverse()}
          rowKey={(one) => String(one.report)}
          empty={<p className="muted">{t("clinician.adherence.record.none")}</p>}
        />
      )}
    </Loaded>
  );
}
