import type { PoolInfo } from "@cw-vitals/client/claims";
import { useT } from "../../../i18n";
import { Card, State, Table } from "../../../ui";
import { Sum } from "../../money/Sum";
import { balance, SOURCES, USES } from "./book";

/** Where all of a product's money came from, is, and went to. */
export function BookCard({ pool }: { pool: PoolInfo }) {
  const t = useT();
  const { came, isOrWent } = balance(pool);
  const rows = [...SOURCES, ...USES].map((account) => ({
    account,
    amount: pool[account],
    came: SOURCES.some((one) => one === account),
  }));
  return (
    <Card
      title={t("insurer.book.title")}
      aside={
        <State level={came === isOrWent ? "good" : "danger"}>
          {t(came === isOrWent ? "insurer.book.balances" : "insurer.book.differs")}
        </State>
      }
    >
      <Table
        caption={t("insurer.book.caption", { movements: pool.movements })}
        rows={rows}
        rowKey={({ account }) => account}
        columns={[
          { key: "account", head: t("insurer.book.account"), cell: ({ account }) => t(`insurer.account.${account}`) },
          {
            key: "side",
            head: t("insurer.book.side"),
            cell: (row) => t(row.came ? "insurer.book.came" : "insurer.book.went"),
          },
          {
            key: "amount",
            head: t("insurer.amount"),
            numeric: true,
            cell: ({ amount }) => <Sum amount={amount} denom={pool.denom} />,
          },
        ]}
      />
    </Card>
  );
}
