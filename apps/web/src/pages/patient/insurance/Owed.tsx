import { claimsCalls } from "@cw-vitals/client";
import type * as claims from "@cw-vitals/client/claims";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Notice } from "../../../ui/State";
import { useSumText } from "../../money/Sum";
import { useOwed } from "./use-insurance";

/** A payment that did not go through when it was due, and waits to be collected. */
export function Owed({ product }: { product: claims.ProductInfo }) {
  const t = useT();
  const { address } = useSession();
  const { data: owed } = useOwed(address, product.product);
  const { send, busy, status } = useSend();
  const amount = useSumText(product.denom);
  if (!owed || owed.amount === "0") return null;
  const collect = () => void send(claimsCalls.collect({ product: product.product })).catch(() => undefined);
  return (
    <Notice
      level="watch"
      title={t("patient.owed.title", { amount: amount(owed.amount) })}
      actions={
        <Button kind="primary" busy={busy} onClick={collect}>
          {t("patient.owed.collect")}
        </Button>
      }
    >
      <p>{t("patient.owed.text")}</p>
      {status.state === "failed" && <ErrorNotice error={status.error} />}
    </Notice>
  );
}
