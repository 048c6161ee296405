import type { ProductInfo } from "@cw-vitals/client/claims";
import { FilePenLine } from "lucide-react";
import { useState } from "react";
import { useParams } from "react-router";
import { useT } from "../../../i18n";
import { ButtonLink, Loaded, Page, Tabs } from "../../../ui";
import { ClaimsOfProduct } from "../claims/ClaimsOfProduct";
import { useDesk } from "../data/DeskProvider";
import { may } from "../data/desk";
import { useProduct } from "../data/queries";
import { PoolTab } from "../money/PoolTab";
import { StatementTab } from "../money/StatementTab";
import { PoliciesOfProduct } from "../policies/PoliciesOfProduct";
import { useProductText } from "../terms/useTermsText";
import { SaleButton } from "./SaleButton";
import { SaleState } from "./SaleState";
import { TermsTab } from "./TermsTab";

const TABS = ["pool", "terms", "policies", "claims", "statement"] as const;
type TabKey = (typeof TABS)[number];

export function ProductPage() {
  const t = useT();
  const { product = "" } = useParams();
  const found = useProduct(product);
  if (found.data) return <Product of={found.data} query={found} />;
  return (
    <Page title={t("insurer.product.title", { product })}>
      <Loaded of={found} failed={t("insurer.product.failed", { product })}>
        {() => null}
      </Loaded>
    </Page>
  );
}

function Product({ of, query }: { of: ProductInfo; query: ReturnType<typeof useProduct> }) {
  const t = useT();
  const desk = useDesk();
  const text = useProductText()(of);
  const [tab, setTab] = useState<TabKey>("pool");
  const own = of.insurer === desk.insurer;
  const contents: Record<TabKey, () => React.ReactNode> = {
    pool: () => <PoolTab product={of.product} />,
    terms: () => <TermsTab of={of} />,
    policies: () => <PoliciesOfProduct of={of} />,
    claims: () => <ClaimsOfProduct of={of} />,
    statement: () => <StatementTab product={of.product} />,
  };
  const actions = own && may(desk, "underwriter") && (
    <>
      <SaleButton of={of} />
      <ButtonLink icon={FilePenLine} to={`/insurer/products/${of.product}/amend`}>
        {t("insurer.amend.action")}
      </ButtonLink>
    </>
  );
  return (
    <Page title={t("insurer.product.title", { product: of.product })} lead={text} actions={actions}>
      <Loaded of={query}>{(info) => <SaleState of={info} />}</Loaded>
      <Tabs
        label={t("insurer.product.parts")}
        value={tab}
        onChange={setTab}
        tabs={TABS.map((key) => ({
          key,
          label: t(`insurer.tab.${key}`),
          content: key === tab ? contents[key]() : null,
        }))}
      />
    </Page>
  );
}
