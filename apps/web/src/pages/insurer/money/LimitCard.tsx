import { claimsCalls } from "@cw-vitals/client";
import type { ProductInfo } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useSend } from "../../../data";
import { useT } from "../../../i18n";
import { Button, Card, Confirm, useToast } from "../../../ui";
import { AmountField, useParse } from "../../money/AmountField";
import { useSumText } from "../../money/Sum";
import { useDesk } from "../data/DeskProvider";

/** Above which sum it takes two people. */
export function LimitCard({ product }: { product: ProductInfo }) {
  const t = useT();
  const desk = useDesk();
  const say = useToast();
  const { send } = useSend();
  const parse = useParse(product.denom);
  const text = useSumText(product.denom);
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState<{ amount: string | null }>();
  const above = product.two_people_above;
  const amount = parse(typed);
  const ask = () => {
    setTried(true);
    if (amount !== undefined) setAsking({ amount });
  };
  const run = async () => {
    await send(claimsCalls.setTwoPeopleAbove({ product: product.product, amount: asking?.amount ?? null }));
    say(t("insurer.limit.done"));
    setTyped("");
    setTried(false);
  };
  const mine = desk.own && product.insurer === desk.insurer;
  return (
    <Card title={t("insurer.limit.title")}>
      <p>{above == null ? t("insurer.limit.none") : t("insurer.limit.above", { amount: text(above) })}</p>
      {!mine && <p className="muted">{t("insurer.limit.own")}</p>}
      {mine && (
        <div className="form">
          <AmountField
            label={t("insurer.limit.amount")}
            hint={t("insurer.limit.hint")}
            denom={product.denom}
            value={typed}
            error={tried && amount === undefined ? t("insurer.move.error.none") : undefined}
            onChange={setTyped}
          />
          <div className="actions">
            <Button onClick={ask}>{t("insurer.limit.set")}</Button>
            {above != null && <Button onClick={() => setAsking({ amount: null })}>{t("insurer.limit.lift")}</Button>}
          </div>
        </div>
      )}
      <Confirm
        open={asking !== undefined}
        title={
          asking?.amount == null
            ? t("insurer.limit.lift.title")
            : t("insurer.limit.set.title", { amount: text(asking.amount) })
        }
        consequences={[
          t(asking?.amount == null ? "insurer.limit.lift.what" : "insurer.limit.set.what"),
          t("insurer.limit.forgets"),
        ]}
        action={t(asking?.amount == null ? "insurer.limit.lift" : "insurer.limit.set")}
        onConfirm={run}
        onClose={() => setAsking(undefined)}
      />
    </Card>
  );
}
