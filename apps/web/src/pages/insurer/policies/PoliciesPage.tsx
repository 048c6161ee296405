import { useState } from "react";
import { useT } from "../../../i18n";
import { Empty, FindByNumber, Loaded, Page, Select } from "../../../ui";
import { useDesk } from "../data/DeskProvider";
import { useProducts } from "../data/queries";
import { useProductText } from "../terms/useTermsText";
import { PoliciesOfProduct } from "./PoliciesOfProduct";

/** Policies of a product that is chosen, or one by its number. */
export function PoliciesPage() {
  const t = useT();
  const desk = useDesk();
  const products = useProducts(desk.insurer);
  return (
    <Page title={t("insurer.policies.title")} lead={t("insurer.policies.lead")}>
      <FindByNumber
        title={t("insurer.policies.find")}
        label={t("insurer.policies.number")}
        error={t("insurer.policies.number.error")}
        open={t("insurer.policies.open")}
        to={(number) => `/insurer/policies/${number}`}
      />
      <Loaded of={products}>
        {(list) => (list.length === 0 ? <Empty title={t("insurer.products.none")} /> : <ByProduct products={list} />)}
      </Loaded>
    </Page>
  );
}

function ByProduct({ products }: { products: NonNullable<ReturnType<typeof useProducts>["data"]> }) {
  const t = useT();
  const text = useProductText();
  const [chosen, setChosen] = useState(products[0]?.product ?? "");
  const product = products.find((one) => one.product === chosen) ?? products[0];
  return (
    <div className="stack">
      <Select
        label={t("insurer.product")}
        value={product?.product ?? ""}
        options={products.map((one) => ({ value: one.product, label: `${one.product} · ${text(one)}` }))}
        onChange={setChosen}
      />
      {product && <PoliciesOfProduct key={product.product} of={product} />}
    </div>
  );
}
