import { useT } from "../../../i18n";
import { Cards, Empty } from "../../../ui/Card";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { usePatient } from "../lib/patient";
import { PolicyCard } from "./PolicyCard";
import { ProductCard } from "./ProductCard";
import { isLive } from "./terms";
import { type MyPolicy, usePolicies, useProducts } from "./use-insurance";

/** The patient's cover, and what can be taken out. */
export function InsurancePage() {
  const t = useT();
  const { patient } = usePatient();
  const policies = usePolicies(patient);
  return (
    <Page title={t("patient.insurance.title")} lead={t("patient.insurance.lead")}>
      <Loaded of={policies} failed={t("patient.insurance.failed")}>
        {(all) => <Policies all={all} />}
      </Loaded>
      <h2>{t("patient.insurance.products")}</h2>
      <Products
        taken={(policies.data ?? []).filter(({ policy }) => isLive(policy)).map(({ policy }) => policy.product)}
      />
    </Page>
  );
}

function Policies({ all }: { all: readonly MyPolicy[] }) {
  const t = useT();
  if (all.length === 0)
    return <Empty title={t("patient.insurance.none")}>{<p>{t("patient.insurance.none.text")}</p>}</Empty>;
  return (
    <Cards>
      {all.map((one) => (
        <PolicyCard key={one.policy.policy} of={one} />
      ))}
    </Cards>
  );
}

function Products({ taken }: { taken: readonly string[] }) {
  const t = useT();
  const products = useProducts();
  return (
    <Loaded of={products} failed={t("patient.insurance.products.failed")}>
      {(all) => {
        if (all.length === 0) return <Empty title={t("patient.insurance.products.none")} />;
        return (
          <Cards>
            {all.map((product) => (
              <ProductCard key={product.product} product={product} taken={taken.includes(product.product)} />
            ))}
          </Cards>
        );
      }}
    </Loaded>
  );
}
