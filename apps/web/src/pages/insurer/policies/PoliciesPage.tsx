import { useState } from "react";
import { useNavigate } from "react-router";
import { useT } from "../../../i18n";
import { Button, Card, Empty, Field, Loaded, Page, Select } from "../../../ui";
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
      <Find />
      <Loaded of={products}>
        {(list) => (list.length === 0 ? <Empty title={t("insurer.products.none")} /> : <ByProduct products={list} />)}
      </Loaded>
    </Page>
  );
}

function Find() {
  const t = useT();
  const navigate = useNavigate();
  const [number, setNumber] = useState("");
  const [tried, setTried] = useState(false);
  const good = /^[1-9]\d{0,19}$/.test(number.trim());
  const find = (event: { preventDefault(): void }) => {
    event.preventDefault();
    setTried(true);
    if (good) navigate(`/insurer/policies/${number.trim()}`);
  };
  return (
    <Card title={t("insurer.policies.find")}>
      <form className="insurer-find" onSubmit={find}>
        <Field
          label={t("insurer.policies.number")}
          value={number}
          inputMode="numeric"
          error={tried && !good ? t("insurer.policies.number.error") : undefined}
          onChange={setNumber}
        />
        <Button type="submit">{t("insurer.policies.open")}</Button>
      </form>
    </Card>
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
