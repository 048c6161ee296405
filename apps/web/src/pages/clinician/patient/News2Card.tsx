import { useIntl } from "react-intl";
import { useClock } from "../../../data/clock";
import { useT } from "../../../i18n";
import { Card } from "../../../ui/Card";
import { Select } from "../../../ui/Field";
import { Loading } from "../../../ui/Progress";
import { State } from "../../../ui/State";
import { type Column, Table } from "../../../ui/Table";
import { Ago, When } from "../../../ui/When";
import type { Assessment, News2Parameter, Scored } from "../../../worker/care";
import { history, trendOf } from "../ward/urgency";
import { TrendWord } from "../ward/WardTable";
import { News2State } from "./News2State";
import type { Monitored } from "./useMonitored";

const PARAMETERS: readonly News2Parameter[] = [
  "respiration",
  "oxygen_saturation",
  "supplemental_oxygen",
  "systolic_pressure",
  "pulse",
  "consciousness",
  "temperature",
];

/** The score part by part: what scored, what is missing and why, and how it was before. */
export function News2Card({ of }: { of: Monitored }) {
  const t = useT();
  const { data, working } = of.assessed;
  const readable = of.measured.columns.times.length > 0;
  return (
    <Card title={t("clinician.news2.title")} aside={data && readable ? <News2State of={data} /> : undefined}>
      <p className="muted">
        {t("clinician.news2.lead")} {t(`clinician.plan.news2.${of.plan?.personal?.news2 ?? "one"}`)}.
      </p>
      {of.stale && data && <State level="waiting">{t("clinician.ward.stale")}</State>}
      {!data && (working || of.measured.progress) && <Loading label={t("clinician.findings.working")} />}
      {(!data || !readable) && !working && !of.measured.progress && (
        <State level="unknown">{t("clinician.news2.none")}</State>
      )}
      {data && readable && <Parts of={data} />}
      <Observe of={of} />
      {data && readable && <History of={data} />}
    </Card>
  );
}

function Parts({ of }: { of: Assessment }) {
  const t = useT();
  const points = new Map(of.now.points);
  const columns: Column<News2Parameter>[] = [
    { key: "name", head: t("clinician.news2.parameter"), cell: (one) => t(`care.parameter.${one}`) },
    {
      key: "points",
      head: t("clinician.news2.points"),
      cell: (one) => {
        const scored = points.get(one);
        if (scored !== undefined)
          return scored === 3 ? <State level="danger">{t("clinician.news2.red", { points: scored })}</State> : scored;
        const stale = of.now.stale.includes(one);
        return <State level="unknown">{t(stale ? "clinician.news2.stale" : "clinician.news2.not_observed")}</State>;
      },
    },
  ];
  return (
    <Table
      caption={t("clinician.news2.caption")}
      captionHidden
      columns={columns}
      rows={PARAMETERS}
      rowKey={(one) => one}
    />
  );
}

type Oxygen = "unknown" | "yes" | "no";
type Awake = "unknown" | "alert" | "cvpu";

/** What no device measures: said by who is at the bedside, and good for an hour. */
function Observe({ of }: { of: Monitored }) {
  const t = useT();
  const clock = useClock();
  const { oxygen, consciousness } = of.observed;
  const given: Oxygen = oxygen ? (oxygen.given ? "yes" : "no") : "unknown";
  const awake: Awake = consciousness?.state ?? "unknown";
  const seeOxygen = (value: Oxygen) =>
    value !== "unknown" && of.observe({ oxygen: { given: value === "yes", atMs: clock() } });
  const seeAwake = (value: Awake) =>
    value !== "unknown" && of.observe({ consciousness: { state: value, atMs: clock() } });
  return (
    <fieldset className="field">
      <legend className="field-label">{t("clinician.observe.title")}</legend>
      <p className="field-hint">{t("clinician.observe.hint")}</p>
      <Select
        label={t("care.parameter.supplemental_oxygen")}
        hint={oxygen && <Ago ms={oxygen.atMs} />}
        value={given}
        options={(["unknown", "no", "yes"] as const).map((value) => ({
          value,
          label: t(`clinician.observe.oxygen.${value}`),
        }))}
        onChange={seeOxygen}
      />
      <Select
        label={t("care.parameter.consciousness")}
        hint={consciousness && <Ago ms={consciousness.atMs} />}
        value={awake}
        options={(["unknown", "alert", "cvpu"] as const).map((value) => ({
          value,
          label: t(`clinician.observe.awake.${value}`),
        }))}
        onChange={seeAwake}
      />
    </fieldset>
  );
}

function History({ of }: { of: Assessment }) {
  const t = useT();
  const intl = useIntl();
  const rows = history(of, useClock()()).reverse();
  const columns: Column<Scored>[] = [
    { key: "at", head: t("clinician.news2.at"), cell: (one) => <When ms={one.atMs} /> },
    {
      key: "score",
      head: t("clinician.ward.score"),
      cell: ({ news2 }) =>
        news2.points.length === 0
          ? t("clinician.news2.none")
          : news2.score === null
            ? t("clinician.news2.at_least", { score: news2.atLeast })
            : t("clinician.news2.score", { score: news2.score }),
    },
    {
      key: "missing",
      head: t("clinician.news2.missing_head"),
      cell: ({ news2 }) => intl.formatList(news2.missing.map((one) => t(`care.parameter.${one}`))) || "–",
    },
  ];
  return (
    <details>
      <summary>
        {t("clinician.news2.history")} <TrendWord of={trendOf(of)} />
      </summary>
      <Table
        caption={t("clinician.news2.history")}
        captionHidden
        columns={columns}
        rows={rows}
        rowKey={(one) => String(one.atMs)}
      />
    </details>
  );
}
