import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useIntl } from "react-intl";
import { useClock, useClockEach } from "../../../data/clock";
import { completenessOf } from "../../../data/completeness";
import { useHeld } from "../../../data/held";
import { useReadings } from "../../../data/readings";
import { HOUR_MS } from "../../../data/time-zone";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Card, Facts } from "../../../ui/Card";
import { Chart } from "../../../ui/Chart";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Loading } from "../../../ui/Progress";
import { State } from "../../../ui/State";
import { Ago, When } from "../../../ui/When";
import type { Adherence } from "../../../worker/care";
import { core } from "../../../worker/pool";
import { NotWhole } from "../../care/NotWhole";
import type { Plan } from "../../care/plan";
import { DAY_MS } from "../lib/time";
import { dueIn, takenAt } from "./doses";

const DAYS = 7;
const MINUTE_MS = 60_000;
const MEASURES = ["dose_taken"] as const;

/** What is due next, and the last week's doses against the schedule. */
export function Doses({ patient, plan }: { patient: string; plan: Plan }) {
  const t = useT();
  const now = useClockEach(30_000);
  const end = (Math.floor(now / HOUR_MS) + 1) * HOUR_MS;
  const window = useMemo(() => ({ from: end - DAYS * DAY_MS, to: end }), [end]);
  const readings = useReadings({ patient, measures: MEASURES, window });
  const read = completenessOf(readings, MEASURES);
  const { complete, doses } = useHeld({ complete: read, doses: takenAt(readings.series[0]) }, read !== "opening");
  const medication = plan.medication ?? [];
  if (medication.length === 0) {
    return (
      <Card title={t("patient.medication.doses")}>
        <p>{t("patient.medication.none")}</p>
      </Card>
    );
  }
  const next = dueIn(medication, now, now + 2 * DAY_MS).slice(0, 3);
  return (
    <>
      <Card title={t("patient.medication.next")}>
        {next.length === 0 && <p>{t("patient.medication.next.none")}</p>}
        <ul className="consequences">
          {next.map(({ name, atMs }) => (
            <li key={`${name}/${atMs}`}>
              <strong>{name ?? t("patient.medication.unnamed")}</strong> <When ms={atMs} /> (<Ago ms={atMs} />)
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t("patient.medication.week", { days: DAYS })}>
        {complete === "whole" ? (
          <Week plan={plan} doses={doses} window={window} minute={Math.floor(now / MINUTE_MS)} />
        ) : (
          <NotWhole of={complete} />
        )}
      </Card>
      <Chart title={t("patient.medication.chart")} readings={readings} window={window} view="day" />
    </>
  );
}

interface WeekProps {
  plan: Plan;
  doses: Float64Array;
  window: { from: number; to: number };
  /** As time passes doses become due, and missed. */
  minute: number;
}

/** A dose that was not read is none that was missed: only of doses that were read whole. */
function Week({ plan, doses, window, minute }: WeekProps) {
  const { address } = useSession();
  const clock = useClock();
  const { data, error } = useQuery({
    queryKey: [address, "patient.adherence", plan, doses.length, doses.at(-1) ?? 0, window.from, minute],
    gcTime: 2 * MINUTE_MS,
    meta: { contracts: [] },
    placeholderData: (before: Adherence | undefined) => before,
    queryFn: () =>
      core().ask("adherence", { plan, dosesMs: doses, fromMs: window.from, toMs: window.to, nowMs: clock() }),
  });
  return (
    <>
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Loading />}
      {data && <Counted of={data} />}
    </>
  );
}

function Counted({ of }: { of: Adherence }) {
  const t = useT();
  const intl = useIntl();
  const level = of.missed === 0 ? "good" : of.missed > 2 ? "warning" : "watch";
  return (
    <>
      {of.due === 0 ? (
        <State level="note">{t("patient.medication.nothing_due")}</State>
      ) : (
        <State level={level}>{t("patient.medication.taken", { taken: of.taken, due: of.due })}</State>
      )}
      <Facts
        of={[
          { name: t("patient.medication.on_time"), value: intl.formatNumber(of.onTime) },
          { name: t("patient.medication.late"), value: intl.formatNumber(of.late) },
          { name: t("patient.medication.missed"), value: intl.formatNumber(of.missed) },
          { name: t("patient.medication.pending"), value: intl.formatNumber(of.pending) },
          { name: t("patient.medication.extra"), value: intl.formatNumber(of.extra) },
        ]}
      />
      {(of.missed > 0 || of.extra > 0) && <p>{t("patient.finding.todo.adherence")}</p>}
    </>
  );
}
