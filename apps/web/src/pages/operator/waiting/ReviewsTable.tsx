import { useT } from "../../../i18n";
import { Ago, State, Table } from "../../../ui";
import type { Review } from "./tasks";

export function ReviewsTable({ of }: { of: readonly Review[] }) {
  const t = useT();
  return (
    <Table
      caption={t("operator.reviews.title")}
      captionHidden
      rows={of}
      rowKey={({ patient, emergency }) => `${patient}/${emergency}`}
      empty={<p>{t("operator.reviews.none")}</p>}
      columns={[
        { key: "patient", head: t("operator.patient"), cell: ({ patient }) => patient },
        { key: "emergency", head: t("operator.emergency"), cell: ({ emergency }) => emergency },
        { key: "by", head: t("operator.review.by"), cell: ({ reviewBy }) => <Ago ms={reviewBy * 1000} /> },
        {
          key: "state",
          head: t("operator.state"),
          cell: ({ overdue }) => (
            <State level={overdue ? "danger" : "watch"}>
              {t(overdue ? "operator.review.overdue" : "operator.review.due")}
            </State>
          ),
        },
      ]}
    />
  );
}
