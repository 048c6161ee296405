import type { ProductInfo } from "@cw-vitals/client/claims";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Card, Loaded, Page } from "../../../ui";
import { useDesk } from "../data/DeskProvider";
import { arbitratedBy } from "../data/desk";
import { useAllProducts, useClaimsIn, useProducts } from "../data/queries";
import { ClaimsTable } from "./ClaimsTable";
import { byUrgency } from "./order";

/** Claims that wait for the insurer, and appeals that wait for this account as arbiter. */
export function ClaimsPage() {
  const t = useT();
  const desk = useDesk();
  const products = useProducts(desk.insurer);
  return (
    <Page title={t("insurer.claims.title")} lead={t("insurer.claims.lead")}>
      <Loaded of={products}>{(list) => <Mine products={list} />}</Loaded>
      <AsArbiter />
    </Page>
  );
}

function Mine({ products }: { products: readonly ProductInfo[] }) {
  const t = useT();
  return (
    <div className="stack">
      <Listed
        title={t("insurer.claims.to_decide")}
        text={t("insurer.claims.to_decide.text")}
        products={products}
        states={["filed", "overdue"]}
      />
      <Listed
        title={t("insurer.claims.with_others")}
        text={t("insurer.claims.with_others.text")}
        products={products}
        states={["assessed", "appealed"]}
      />
      <p className="muted">{t("insurer.claims.closed.text")}</p>
    </div>
  );
}

interface ListedProps {
  title: string;
  text: string;
  products: readonly ProductInfo[];
  states: Parameters<typeof useClaimsIn>[1];
}

function Listed({ title, text, products, states }: ListedProps) {
  const t = useT();
  const claims = useClaimsIn(
    products.map(({ product }) => product),
    states,
  );
  return (
    <Card title={title}>
      <p className="muted">{text}</p>
      {products.length === 0 ? (
        <p>{t("insurer.claims.none")}</p>
      ) : (
        <Loaded of={claims}>{(list) => <ClaimsTable of={byUrgency(list)} products={products} />}</Loaded>
      )}
    </Card>
  );
}

/** Shown to who is an arbiter of any product. */
function AsArbiter() {
  const t = useT();
  const { address } = useSession();
  const all = useAllProducts();
  const mine = arbitratedBy(all.data ?? [], address);
  if (mine.length === 0) return null;
  return (
    <Listed
      title={t("insurer.claims.arbiter")}
      text={t("insurer.claims.arbiter.text")}
      products={mine}
      states={["appealed", "overdue"]}
    />
  );
}
