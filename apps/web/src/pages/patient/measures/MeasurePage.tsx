import { useMemo, useState } from "react";
import { useParams } from "react-router";
import { useClockEach } from "../../../data/clock";
import { MEASURES, type Measure } from "../../../data/measures";
import { useReadings } from "../../../data/readings";
import { HOUR_MS, periodEdges, startOf } from "../../../data/time-zone";
import { useT } from "../../../i18n";
import { useSettings } from "../../../shell/settings";
import { ButtonLink } from "../../../ui/Button";
import { Chart, type Threshold as ChartThreshold } from "../../../ui/Chart";
import { Field, Select } from "../../../ui/Field";
import { partnerOf } from "../../../ui/Measure";
import { Page } from "../../../ui/Page";
import { WithKeys } from "../keys/KeysNeeded";
import { usePatient } from "../lib/patient";
import { DAY_MS, dateEnd, dateStart, dateText } from "../lib/time";
import { PlanNotice } from "../medication/PlanNotice";
import { usePlanInForce } from "../medication/use-plan";
import { chartLimits } from "./limits";

const SPANS = ["hours", "day", "week", "month", "dates"] as const;
type Span = (typeof SPANS)[number];
const VIEW = { hours: "readings", day: "readings", week: "hour", month: "day", dates: undefined } as const;

/** One measure over time. */
export function MeasurePage() {
  const t = useT();
  const { measure: named } = useParams();
  const measure = MEASURES.find((one) => one === named) ?? "heart_rate";
  const title = partnerOf(measure) ? t("measures.blood_pressure") : t(`measures.${measure}`);
  return (
    <Page key={measure} title={title} actions={<ButtonLink to="/patient">{t("patient.measure.back")}</ButtonLink>}>
      <WithKeys>
        <Shown measure={measure} title={title} />
      </WithKeys>
    </Page>
  );
}

function Shown({ measure, title }: { measure: Measure; title: string }) {
  const t = useT();
  const { patient } = usePatient();
  const { zone } = useSettings();
  const now = useClockEach(60_000);
  const [span, setSpan] = useState<Span>("day");
  const [from, setFrom] = useState(() => dateText(now - 7 * DAY_MS, zone));
  const [to, setTo] = useState(() => dateText(now, zone));
  const end = (Math.floor(now / HOUR_MS) + 1) * HOUR_MS;
  const typed = { from: dateStart(from, zone), to: dateEnd(to, zone) };
  const wrong = span === "dates" && (typed.from === undefined || typed.to === undefined || typed.to <= typed.from);
  const window = useMemo(() => {
    if (span === "dates" && typed.from !== undefined && typed.to !== undefined && typed.to > typed.from) {
      return { from: typed.from, to: Math.min(typed.to, Math.max(end, typed.from + HOUR_MS)) };
    }
    return windowOf(span, end, zone);
  }, [span, end, zone, typed.from, typed.to]);
  const partner = partnerOf(measure);
  const measures = useMemo(() => (partner ? [measure, partner] : [measure]), [measure, partner]);
  const readings = useReadings({ patient, measures, window });
  const plan = usePlanInForce(patient);
  const thresholds: ChartThreshold[] = chartLimits(plan.data?.thresholds ?? [], measures);
  return (
    <>
      <Select
        label={t("patient.measure.span")}
        options={SPANS.map((value) => ({ value, label: t(`patient.measure.span.${value}`) }))}
        value={span}
        onChange={setSpan}
      />
      {span === "dates" && (
        <div className="row">
          <Field
            type="date"
            label={t("patient.measure.from")}
            error={wrong ? t("patient.measure.wrong") : undefined}
            value={from}
            onChange={setFrom}
          />
          <Field type="date" label={t("patient.measure.to")} value={to} onChange={setTo} />
        </div>
      )}
      <PlanNotice of={plan} />
      <Chart
        key={span}
        title={title}
        readings={readings}
        window={window}
        thresholds={thresholds}
        {...(VIEW[span] && { view: VIEW[span] })}
      />
      <p className="muted">{t("patient.measure.note")}</p>
    </>
  );
}

/** Whole hours, or whole local days, that end with the hour that runs. */
function windowOf(span: Span, end: number, zone: string): { from: number; to: number } {
  if (span === "hours") return { from: end - 6 * HOUR_MS, to: end };
  if (span === "week" || span === "month") {
    const days = span === "week" ? 7 : 30;
    const edges = periodEdges(startOf(end - 1, "day", zone) - (days - 1) * DAY_MS, end, "day", zone);
    return { from: edges[0] ?? end - days * DAY_MS, to: end };
  }
  return { from: end - DAY_MS, to: end };
}
