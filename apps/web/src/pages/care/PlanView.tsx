import { useIntl } from "react-intl";
import { MEASURE } from "../../data/measures";
import { useT } from "../../i18n";
import { useMeasureFormat } from "../../ui/Measure";
import { type Column, Table } from "../../ui/Table";
import { When } from "../../ui/When";
import { useDuration } from "./duration";
import type { Medication, Plan, Threshold } from "./plan";
import { SeverityState } from "./SeverityState";

/** A plan in words and tables. What it does not have is said too: nothing watched is not nothing wrong. */
export function PlanView({ of, level: Heading = "h4" }: { of: Plan /** Of its headings. */; level?: "h3" | "h4" }) {
  const t = useT();
  const goals = of.goals ?? [];
  return (
    <div className="plan">
      <ThresholdTable rows={of.thresholds ?? []} />
      <MedicationTable rows={of.medication ?? []} />
      <Heading>{t("care.plan.goals")}</Heading>
      {goals.length === 0 && <p className="muted">{t("care.plan.goals.none")}</p>}
      <ul className="list">
        {goals.map((goal) => (
          <li key={`${goal.text}-${goal.by_ms}`}>
            {goal.text}
            {goal.by_ms !== undefined && (
              <>
                {" · "}
                {t("care.plan.goal.by")} <When ms={goal.by_ms} dateOnly />
              </>
            )}
          </li>
        ))}
      </ul>
      <Heading>{t("care.plan.personal")}</Heading>
      <p>{of.personal ? t("care.plan.personal.on") : t("care.plan.personal.off")}</p>
      {of.personal && <p>{t(`care.plan.news2.${of.personal.news2 ?? "off"}`)}</p>}
    </div>
  );
}

function ThresholdTable({ rows }: { rows: readonly Threshold[] }) {
  const t = useT();
  const format = useMeasureFormat();
  const duration = useDuration();
  const columns: Column<Threshold>[] = [
    { key: "measure", head: t("care.plan.measure"), cell: (row) => t(`measures.${row.measure}`) },
    {
      key: "limit",
      head: t("care.plan.limit"),
      cell: (row) =>
        t(`care.plan.${row.comparison}`, { value: format(row.measure, row.value / 10 ** MEASURE[row.measure].scale) }),
    },
    {
      key: "for",
      head: t("care.plan.for"),
      cell: (row) =>
        row.for_ms
          ? t("care.plan.for_both", { count: row.for_readings, time: duration(row.for_ms / 1000) })
          : t("care.plan.for_readings", { count: row.for_readings }),
    },
    { key: "severity", head: t("care.plan.severity"), cell: (row) => <SeverityState of={row.severity} /> },
    { key: "ladder", head: t("care.plan.ladder"), cell: (row) => row.ladder, numeric: true },
  ];
  return (
    <Table
      caption={t("care.plan.thresholds")}
      columns={columns}
      rows={rows}
      rowKey={(row) => String(row.rule)}
      empty={<p className="muted">{t("care.plan.thresholds.none")}</p>}
    />
  );
}

function MedicationTable({ rows }: { rows: readonly Medication[] }) {
  const t = useT();
  const intl = useIntl();
  const duration = useDuration();
  const columns: Column<Medication>[] = [
    { key: "name", head: t("care.plan.medicine"), cell: (row) => row.name || t("care.plan.medicine.unnamed") },
    { key: "first", head: t("care.plan.first"), cell: (row) => <When ms={row.first_at_ms} /> },
    { key: "every", head: t("care.plan.every"), cell: (row) => duration(row.every_ms / 1000) },
    { key: "doses", head: t("care.plan.doses"), cell: (row) => intl.formatNumber(row.doses), numeric: true },
    {
      key: "window",
      head: t("care.plan.window"),
      cell: (row) =>
        t("care.plan.window.of", {
          early: duration(row.early_ms / 1000),
          onTime: duration(row.on_time_ms / 1000),
          late: duration(row.late_ms / 1000),
        }),
    },
  ];
  return (
    <Table
      caption={t("care.plan.medication")}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.name}-${row.first_at_ms}-${row.every_ms}`}
      empty={<p className="muted">{t("care.plan.medication.none")}</p>}
    />
  );
}
