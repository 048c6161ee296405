import type { ProductInfo } from "@cw-vitals/client/claims";
import { Plus } from "lucide-react";
import { Link } from "react-router";
import { useT } from "../../i18n";
import { ButtonLink, Card, Cards, Empty, Loaded, Page, State } from "../../ui";
import { Sum } from "../money/Sum";
import { ClaimsTable } from "./claims/ClaimsTable";
import { byUrgency } from "./claims/order";
import { useDesk } from "./data/DeskProvider";
import { may } from "./data/desk";
import { useClaimsIn, useMoneyOfAll, useProducts, useWaiting } from "./data/queries";
import { ExposureBar } from "./money/ExposureBar";
import { SecondPerson } from "./money/SecondPerson";
import { SaleState } from "./products/SaleState";
import { useProductText } from "./terms/useTermsText";

/** What waits for the insurer, then how its products stand. */
export function OverviewPage() {
  const t = useT();
  const desk = useDesk();
  const products = useProducts(desk.insurer);
  const create = may(desk, "underwriter") && (
    <ButtonLink kind="primary" icon={Plus} to="/insurer/products/new">
      {t("insurer.new.title")}
    </ButtonLink>
  );
  return (
    <Page title={t("insurer.overview.title")}>
      <Loaded of={products}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t("insurer.products.none")} actions={create}>
              {t("insurer.products.none.text")}
            </Empty>
          ) : (
            <div className="stack">
              <Work products={list} />
              <Standing products={list} />
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function Work({ products }: { products: readonly ProductInfo[] }) {
  const t = useT();
  const numbers = products.map(({ product }) => product);
  const claims = useClaimsIn(numbers, ["filed", "overdue"]);
  const waiting = useWaiting(numbers);
  return (
    <div className="stack">
      <Card title={t("insurer.overview.claims")} aside={claims.data && <Count of={claims.data.length} />}>
        <Loaded of={claims}>
          {(list) => <ClaimsTable of={byUrgency(list)} products={products} empty={t("insurer.overview.claims.none")} />}
        </Loaded>
      </Card>
      {waiting.data && waiting.data.length > 0 && <SecondPerson of={waiting.data} products={products} />}
    </div>
  );
}

function Count({ of }: { of: number }) {
  const t = useT();
  return <State level={of === 0 ? "good" : "waiting"}>{t("insurer.overview.waiting", { count: of })}</State>;
}

function Standing({ products }: { products: readonly ProductInfo[] }) {
  const t = useT();
  const money = useMoneyOfAll(products);
  const text = useProductText();
  return (
    <section className="stack">
      <h2>{t("insurer.products.title")}</h2>
      <Loaded of={money}>
        {(rows) => (
          <Cards>
            {rows.map(({ product, pool, exposure }) => (
              <Card
                key={product.product}
                title={
                  <Link to={`/insurer/products/${product.product}`}>
                    {t("insurer.product.title", { product: product.product })}
                  </Link>
                }
                aside={<SaleState of={product} />}
              >
                <p>{text(product)}</p>
                <p>{t("insurer.overview.live", { count: Number(exposure.policies_live) })}</p>
                <ExposureBar pool={pool} />
                <p>
                  {t("insurer.account.free")}: <Sum amount={pool.free} denom={pool.denom} />
                </p>
              </Card>
            ))}
          </Cards>
        )}
      </Loaded>
    </section>
  );
}
