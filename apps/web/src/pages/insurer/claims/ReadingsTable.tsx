import { useT } from "../../../i18n";
import { MeasureName, Reading, State, Table } from "../../../ui";
import type { JudgedReading } from "../../../worker/insurer";
import { Instant } from "../lib/Instant";
import type { Verified } from "./evidence";

/** Each reading that is public now, and whether it meets the terms by itself. */
export function ReadingsTable({ of: { judged, exhibits } }: { of: Verified }) {
  const t = useT();
  return (
    <Table
      caption={t("insurer.evidence.readings.caption")}
      rows={judged.readings}
      rowKey={({ exhibit, index }) => `${exhibit}/${index}`}
      empty={<p>{t("insurer.evidence.readings.none")}</p>}
      columns={[
        { key: "at", head: t("insurer.reading.at"), cell: ({ atMs }) => <Instant ms={atMs} /> },
        { key: "measure", head: t("insurer.reading.measure"), cell: ({ measure }) => <MeasureName of={measure} /> },
        {
          key: "value",
          head: t("insurer.reading.value"),
          numeric: true,
          cell: ({ measure, value }) => <Reading measure={measure} value={value} />,
        },
        { key: "quality", head: t("insurer.reading.quality"), cell: (one) => <Quality of={one} /> },
        {
          key: "batch",
          head: t("insurer.reading.batch"),
          cell: ({ exhibit }) =>
            t("insurer.reading.batch.text", { number: exhibit + 1, device: exhibits[exhibit]?.batch.id.device ?? "" }),
        },
        { key: "met", head: t("insurer.reading.met"), cell: (one) => <Met of={one} /> },
      ]}
    />
  );
}

function Quality({ of }: { of: JudgedReading }) {
  const t = useT();
  return (
    <>
      {t(`insurer.quality.${of.quality}`)}
      {of.simulated && <> · {t("ui.simulated")}</>}
    </>
  );
}

function Met({ of }: { of: JudgedReading }) {
  const t = useT();
  if (of.refused === null) return <State level="good">{t("insurer.reading.meets")}</State>;
  return <State level="danger">{of.refused}</State>;
}
