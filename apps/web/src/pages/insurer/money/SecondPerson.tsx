import { claimsCalls } from "@cw-vitals/client";
import type { ProductInfo } from "@cw-vitals/client/claims";
import { useState } from "react";
import { Link } from "react-router";
import { useSend } from "../../../data";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Address, Ago, Button, Card, Confirm, Table, useToast } from "../../../ui";
import { useSumText } from "../../money/Sum";
import { useDesk } from "../data/DeskProvider";
import { may } from "../data/desk";
import type { Waiting } from "../data/queries";

/** What one person asked for, and a second one has to. */
export function SecondPerson({ of, products }: { of: readonly Waiting[]; products: readonly ProductInfo[] }) {
  const t = useT();
  return (
    <Card title={t("insurer.second.title")}>
      <p>{t("insurer.second.text")}</p>
      <Table
        caption={t("insurer.second.title")}
        captionHidden
        rows={of}
        rowKey={(one) => `${one.product}/${one.claim?.policy ?? ""}/${one.claim?.claim ?? one.terms ?? ""}`}
        columns={[
          {
            key: "product",
            head: t("insurer.product"),
            cell: (one) => <Link to={`/insurer/products/${one.product}`}>{one.product}</Link>,
          },
          { key: "what", head: t("insurer.second.what"), cell: (one) => <What of={one} products={products} /> },
          { key: "by", head: t("insurer.second.by"), cell: (one) => <Address of={one.by} /> },
          { key: "at", head: t("insurer.second.at"), cell: (one) => <Ago ms={one.at * 1000} /> },
          { key: "do", head: t("insurer.do"), cell: (one) => <Second of={one} products={products} /> },
        ]}
      />
    </Card>
  );
}

const denomOf = (one: Waiting, products: readonly ProductInfo[]) =>
  products.find(({ product }) => product === one.product)?.denom;

function What({ of, products }: { of: Waiting; products: readonly ProductInfo[] }) {
  const t = useT();
  const text = useSumText(denomOf(of, products));
  const amount = text(of.amount);
  if (of.claim) {
    return (
      <Link to={`/insurer/claims/${of.claim.policy}/${of.claim.claim}`}>
        {t("insurer.second.award", { amount, policy: of.claim.policy, claim: of.claim.claim })}
      </Link>
    );
  }
  return <>{t(of.terms ? "insurer.second.terms" : "insurer.second.withdrawal", { amount })}</>;
}

/** A withdrawal is repeated here; an award on its claim's page; terms by who has the same terms. */
function Second({ of, products }: { of: Waiting; products: readonly ProductInfo[] }) {
  const t = useT();
  const desk = useDesk();
  const say = useToast();
  const { address } = useSession();
  const { send } = useSend();
  const text = useSumText(denomOf(of, products));
  const [asking, setAsking] = useState(false);
  if (of.by === address) return <span className="muted">{t("insurer.second.yours")}</span>;
  if (of.claim)
    return <Link to={`/insurer/claims/${of.claim.policy}/${of.claim.claim}`}>{t("insurer.second.look")}</Link>;
  if (of.terms) return <span className="muted">{t("insurer.second.same_terms")}</span>;
  if (!may(desk, "treasurer")) return <span className="muted">{t("insurer.part.treasurer")}</span>;
  const run = async () => {
    await send(claimsCalls.withdraw({ product: of.product, amount: of.amount }));
    say(t("insurer.withdraw.done", { amount: text(of.amount) }));
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("insurer.second.agree")}</Button>
      <Confirm
        open={asking}
        title={t("insurer.withdraw.title", { amount: text(of.amount), product: of.product })}
        consequences={[t("insurer.second.agree.what"), t("insurer.withdraw.what"), t("insurer.withdraw.locked")]}
        action={t("insurer.second.agree")}
        onConfirm={run}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
