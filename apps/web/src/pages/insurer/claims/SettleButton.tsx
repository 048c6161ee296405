import { claimsCalls } from "@cw-vitals/client";
import type { ClaimInfo, InvoiceInfo, ProductInfo } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useSend } from "../../../data";
import { silenceMeans } from "../../../data/invoice-silence";
import { useT } from "../../../i18n";
import { Button, Card, Confirm, useToast } from "../../../ui";
import { useSumText } from "../../money/Sum";

interface SettleProps {
  claim: ClaimInfo;
  invoice: InvoiceInfo;
  product: ProductInfo;
}

/** A deadline is over: anybody may do what the silence means. */
export function SettleButton({ claim: { policy, claim }, invoice, product }: SettleProps) {
  const t = useT();
  const say = useToast();
  const text = useSumText(product.denom);
  const { send } = useSend();
  const [asking, setAsking] = useState(false);
  const { evidence } = product.terms;
  if (!("invoice" in evidence)) return null;
  const { meaning, amount } = silenceMeans(invoice, evidence.invoice);
  const means = t(`insurer.settle.means.${meaning}`, { amount: text(amount), deposit: text(invoice.deposit) });
  const run = async () => {
    await send(claimsCalls.settle({ policy, claim }));
    say(t("insurer.settle.done"));
  };
  return (
    <Card title={t("insurer.settle.title")}>
      <p>{means}</p>
      <p>{t("insurer.settle.text")}</p>
      <div className="actions">
        <Button onClick={() => setAsking(true)}>{t("insurer.settle.action")}</Button>
      </div>
      <Confirm
        open={asking}
        title={t("insurer.settle.confirm", { policy, claim })}
        consequences={[means, t("insurer.settle.final")]}
        action={t("insurer.settle.action")}
        onConfirm={run}
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}
