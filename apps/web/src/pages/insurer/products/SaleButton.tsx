import { claimsCalls } from "@cw-vitals/client";
import type { ProductInfo } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useSend } from "../../../data";
import { useT } from "../../../i18n";
import { Button, Confirm, useToast } from "../../../ui";

/** Puts a product on sale, or takes it off. */
export function SaleButton({ of }: { of: ProductInfo }) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const [asking, setAsking] = useState(false);
  const to = of.on_sale ? "off" : "on";
  const change = async () => {
    await send(claimsCalls.setOnSale({ product: of.product, on_sale: !of.on_sale }));
    say(t(`insurer.sale.${to}.done`, { product: of.product }));
  };
  return (
    <>
      <Button kind={of.on_sale ? "secondary" : "primary"} onClick={() => setAsking(true)}>
        {t(`insurer.sale.${to}.action`)}
      </Button>
      <Confirm
        open={asking}
        title={t(`insurer.sale.${to}.title`, { product: of.product })}
        consequences={[t(`insurer.sale.${to}.what`), t("insurer.sale.sold"), t("insurer.sale.back")]}
        action={t(`insurer.sale.${to}.action`)}
        onConfirm={change}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
