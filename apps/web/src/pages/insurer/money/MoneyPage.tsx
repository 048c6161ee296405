import { Link } from "react-router";
import { useT } from "../../../i18n";
import { Empty, Loaded, Page, Table } from "../../../ui";
import { Sum } from "../../money/Sum";
import { useDesk } from "../data/DeskProvider";
import { type Money, useMoneyOfAll, useProducts } from "../data/queries";

/** All pools of an insurer. */
export function MoneyPage() {
  const t = useT();
  const desk = useDesk();
  const products = useProducts(desk.insurer);
  return (
    <Page title={t("insurer.money.title")} lead={t("insurer.money.lead")}>
      <Loaded of={products}>
        {(list) => (list.length === 0 ? <Empty title={t("insurer.products.none")} /> : <Pools products={list} />)}
      </Loaded>
    </Page>
  );
}

function Pools({ products }: { products: Parameters<typeof useMoneyOfAll>[0] }) {
  const t = useT();
  const money = useMoneyOfAll(products);
  const column = (account: "free" | "locked" | "held" | "paid") => ({
    key: account,
    head: t(`insurer.account.${account}`),
    numeric: true,
    cell: ({ pool }: Money) => <Sum amount={pool[account]} denom={pool.denom} />,
  });
  return (
    <Loaded of={money}>
      {(rows) => (
        <Table
          caption={t("insurer.money.caption")}
          rows={rows}
          rowKey={({ product }) => product.product}
          columns={[
            {
              key: "product",
              head: t("insurer.product"),
              cell: ({ product }) => (
                <Link to={`/insurer/products/${product.product}`}>
                  {t("insurer.product.title", { product: product.product })}
                </Link>
              ),
            },
            {
              key: "most",
              head: t("insurer.money.most"),
              numeric: true,
              cell: ({ exposure }) => <Sum amount={exposure.most_payable} denom={exposure.denom} />,
            },
            column("locked"),
            column("held"),
            column("free"),
            column("paid"),
          ]}
        />
      )}
    </Loaded>
  );
}
