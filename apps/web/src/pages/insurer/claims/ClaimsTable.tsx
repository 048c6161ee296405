import type { DenomMsg, ProductInfo } from "@cw-vitals/client/claims";
import { Link } from "react-router";
import { useT } from "../../../i18n";
import { Ago, Empty, Table, When } from "../../../ui";
import { Sum } from "../../money/Sum";
import type { ProductClaim } from "../data/queries";
import { ClaimWord } from "../policies/StateWord";

interface ClaimsTableProps {
  of: readonly ProductClaim[];
  products: readonly Pick<ProductInfo, "product" | "denom">[];
  empty?: string;
}

/** Claims, each a link to its page. */
export function ClaimsTable({ of, products, empty }: ClaimsTableProps) {
  const t = useT();
  const denom = (product: string): DenomMsg => products.find((one) => one.product === product)?.denom ?? { native: "" };
  return (
    <Table
      caption={t("insurer.claims.caption")}
      captionHidden
      rows={of}
      rowKey={({ policy, claim }) => `${policy}/${claim}`}
      empty={<Empty title={empty ?? t("insurer.claims.none")} />}
      columns={[
        {
          key: "claim",
          head: t("insurer.claim"),
          cell: ({ policy, claim }) => (
            <Link to={`/insurer/claims/${policy}/${claim}`}>{t("insurer.claim.name", { policy, claim })}</Link>
          ),
        },
        { key: "state", head: t("insurer.claim.state"), cell: ({ state }) => <ClaimWord of={state} /> },
        {
          key: "kind",
          head: t("insurer.claim.kind"),
          cell: ({ evidence }) => t("invoice" in evidence ? "insurer.claim.invoice" : "insurer.claim.readings"),
        },
        { key: "filed", head: t("insurer.claim.filed"), cell: ({ filed_at }) => <When ms={filed_at * 1000} /> },
        { key: "deadline", head: t("insurer.claim.deadline"), cell: (one) => <Deadline of={one} /> },
        {
          key: "claimed",
          head: t("insurer.claim.claimed"),
          numeric: true,
          cell: (one) =>
            "invoice" in one.evidence ? <Sum amount={one.evidence.invoice.claimed} denom={denom(one.product)} /> : "–",
        },
        {
          key: "paid",
          head: t("insurer.claim.paid"),
          numeric: true,
          cell: ({ paid, product }) => <Sum amount={paid} denom={denom(product)} />,
        },
      ]}
    />
  );
}

export function Deadline({ of: { evidence } }: { of: Pick<ProductClaim, "evidence"> }) {
  const deadline = "invoice" in evidence ? evidence.invoice.deadline : undefined;
  return deadline ? <Ago ms={deadline * 1000} /> : <>–</>;
}
