import type { DenomMsg } from "@cw-vitals/client/claims";
import { useState } from "react";
import { Link } from "react-router";
import { useT } from "../../../i18n";
import { Button, Table, When } from "../../../ui";
import type { DrawnStatement } from "../../../worker/insurer";
import { Sum } from "../../money/Sum";
import { KINDS, type MoveKind } from "./kinds";

const PAGE = 30;

/** The newest movements first, a page at a time. */
export function MovementsTable({ of, denom }: { of: DrawnStatement; denom: DenomMsg }) {
  const t = useT();
  const [count, setCount] = useState(PAGE);
  const rows = [...of.movements].reverse().slice(0, count);
  const kind = (name: string) => {
    const known = KINDS.find((one): one is MoveKind => one === name);
    return known ? t(`insurer.kind.${known}`) : name;
  };
  return (
    <>
      <Table
        caption={t("insurer.statement.caption")}
        rows={rows}
        rowKey={({ movement }) => String(movement)}
        empty={<p>{t("insurer.statement.empty")}</p>}
        columns={[
          { key: "number", head: t("insurer.statement.number"), numeric: true, cell: ({ movement }) => movement },
          { key: "at", head: t("insurer.statement.at"), cell: ({ at }) => <When ms={at * 1000} /> },
          { key: "kind", head: t("insurer.statement.kind"), cell: (row) => kind(row.kind) },
          {
            key: "amount",
            head: t("insurer.amount"),
            numeric: true,
            cell: ({ amount }) => <Sum amount={amount} denom={denom} />,
          },
          {
            key: "policy",
            head: t("insurer.policy"),
            cell: ({ policy }) => (policy ? <Link to={`/insurer/policies/${policy}`}>{policy}</Link> : "–"),
          },
          {
            key: "free",
            head: t("insurer.statement.free"),
            numeric: true,
            cell: (row) => <Sum amount={row.free_after} denom={denom} />,
          },
        ]}
      />
      {count < of.movements.length && <Button onClick={() => setCount(count + PAGE)}>{t("insurer.more")}</Button>}
    </>
  );
}
