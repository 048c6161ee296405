import type { DenomMsg, HistoryEntry } from "@cw-vitals/client/claims";
import { useT } from "../../../i18n";
import { Address, Card, Loaded, Table, When } from "../../../ui";
import { Sum } from "../../money/Sum";
import { useHistory } from "../data/queries";

/** What was done about a policy and its claims, newest first. */
export function HistoryCard({ policy, denom }: { policy: string; denom: DenomMsg }) {
  const t = useT();
  const history = useHistory(policy);
  return (
    <Card title={t("insurer.history.title")}>
      <Loaded of={history}>
        {(entries) => <Entries of={entries.map((entry, place) => ({ ...entry, place })).reverse()} denom={denom} />}
      </Loaded>
    </Card>
  );
}

function Entries({ of, denom }: { of: readonly (HistoryEntry & { place: number })[]; denom: DenomMsg }) {
  const t = useT();
  return (
    <Table
      caption={t("insurer.history.title")}
      captionHidden
      rows={of}
      rowKey={({ place }) => String(place)}
      columns={[
        { key: "at", head: t("insurer.history.at"), cell: ({ at }) => <When ms={at * 1000} /> },
        {
          key: "kind",
          head: t("insurer.history.kind"),
          cell: ({ kind, claim }) =>
            claim
              ? t("insurer.history.of_claim", { what: t(`insurer.history.${kind}`), claim })
              : t(`insurer.history.${kind}`),
        },
        { key: "by", head: t("insurer.history.by"), cell: ({ by }) => (by ? <Address of={by} /> : "–") },
        {
          key: "amount",
          head: t("insurer.amount"),
          numeric: true,
          cell: ({ amount }) => (amount ? <Sum amount={amount} denom={denom} /> : "–"),
        },
      ]}
    />
  );
}
