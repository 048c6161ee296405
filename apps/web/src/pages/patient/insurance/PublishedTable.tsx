import type { PreparedClaim } from "@cw-vitals/client/core";
import { useIntl } from "react-intl";
import { useT } from "../../../i18n";
import { useMeasureFormat } from "../../../ui/Measure";
import { type Column, Table } from "../../../ui/Table";

type Published = PreparedClaim["published"][number];

/** Every reading that would be public for ever, with its time to the millisecond, as it would stand in the block. */
export function PublishedTable({ published }: { published: readonly Published[] }) {
  const t = useT();
  const intl = useIntl();
  const format = useMeasureFormat();
  const columns: Column<Published>[] = [
    {
      key: "at",
      head: t("patient.published.at"),
      cell: ({ atMs }) => (
        <time dateTime={new Date(atMs).toISOString()}>
          {intl.formatDate(atMs, { dateStyle: "medium" })}{" "}
          {intl.formatTime(atMs, { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 })}
        </time>
      ),
    },
    { key: "measure", head: t("patient.published.measure"), cell: ({ measure }) => t(`measures.${measure}`) },
    {
      key: "value",
      head: t("patient.published.value"),
      numeric: true,
      cell: ({ measure, value }) => format(measure, value),
    },
    { key: "device", head: t("patient.published.device"), numeric: true, cell: ({ device }) => device },
  ];
  return (
    <Table
      caption={t("patient.published.caption")}
      columns={columns}
      rows={published}
      rowKey={({ atMs, measure, device }) => `${atMs}/${measure}/${device}`}
    />
  );
}
