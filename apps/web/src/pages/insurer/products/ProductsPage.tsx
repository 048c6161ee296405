import { Plus } from "lucide-react";
import { Link } from "react-router";
import { useT } from "../../../i18n";
import { ButtonLink, Empty, Loaded, Page, Table } from "../../../ui";
import { Sum } from "../../money/Sum";
import { useDesk } from "../data/DeskProvider";
import { may } from "../data/desk";
import { type Money, useMoneyOfAll, useProducts } from "../data/queries";
import { useProductText } from "../terms/useTermsText";
import { SaleState } from "./SaleState";

export function ProductsPage() {
  const t = useT();
  const desk = useDesk();
  const products = useProducts(desk.insurer);
  const create = may(desk, "underwriter") && (
    <ButtonLink kind="primary" icon={Plus} to="/insurer/products/new">
      {t("insurer.new.title")}
    </ButtonLink>
  );
  return (
    <Page title={t("insurer.products.title")} lead={t("insurer.products.lead")} actions={create}>
      <Loaded of={products}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t("insurer.products.none")} actions={create}>
              {t("insurer.products.none.text")}
            </Empty>
          ) : (
            <Products numbers={list} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Products({ numbers }: { numbers: Parameters<typeof useMoneyOfAll>[0] }) {
  const money = useMoneyOfAll(numbers);
  return <Loaded of={money}>{(rows) => <ProductsTable rows={rows} />}</Loaded>;
}

function ProductsTable({ rows }: { rows: readonly Money[] }) {
  const t = useT();
  const text = useProductText();
  return (
    <Table
      caption={t("insurer.products.caption")}
      captionHidden
      rows={rows}
      rowKey={({ product }) => product.product}
      columns={[
        {
          key: "product",
          head: t("insurer.product"),
          cell: ({ product }) => (
            <Link to={`/insurer/products/${product.product}`}>
              {product.product} · {text(product)}
            </Link>
          ),
        },
        { key: "sale", head: t("insurer.sale"), cell: ({ product }) => <SaleState of={product} /> },
        {
          key: "live",
          head: t("insurer.policies.live"),
          numeric: true,
          cell: ({ exposure }) => exposure.policies_live,
        },
        {
          key: "free",
          head: t("insurer.account.free"),
          numeric: true,
          cell: ({ pool }) => <Sum amount={pool.free} denom={pool.denom} />,
        },
        {
          key: "locked",
          head: t("insurer.account.locked"),
          numeric: true,
          cell: ({ pool }) => <Sum amount={pool.locked} denom={pool.denom} />,
        },
      ]}
    />
  );
}
