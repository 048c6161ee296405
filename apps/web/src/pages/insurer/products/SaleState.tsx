import type { ProductInfo } from "@cw-vitals/client/claims";
import { useT } from "../../../i18n";
import { State } from "../../../ui";

export function SaleState({ of }: { of: Pick<ProductInfo, "on_sale"> }) {
  const t = useT();
  return (
    <State level={of.on_sale ? "good" : "unknown"}>{t(of.on_sale ? "insurer.sale.on" : "insurer.sale.off")}</State>
  );
}
