import type * as claims from "@cw-vitals/client/claims";
import { useT } from "../../../i18n";
import { ButtonLink } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { State } from "../../../ui/State";
import { Address } from "../../../ui/Text";
import { useTermSentences } from "./words";

/** A product in its own terms, which the contract holds its insurer to. */
export function ProductCard({ product, taken }: { product: claims.ProductInfo; taken: boolean }) {
  const t = useT();
  const sentences = useTermSentences(product);
  const read = (
    <ButtonLink kind={taken ? "secondary" : "primary"} to={`/patient/insurance/products/${product.product}`}>
      {t("patient.product.read")}
    </ButtonLink>
  );
  return (
    <Card
      title={t("patient.product.title", { number: product.product })}
      aside={taken && <State level="good">{t("patient.product.taken")}</State>}
      actions={read}
    >
      <p>{sentences[0]}</p>
      <p>{sentences[1]}</p>
      <p className="muted">
        {t("patient.product.insurer")} <Address of={product.insurer} />
      </p>
    </Card>
  );
}
