import type { ClaimInfo, PolicyInfo, ProductInfo } from "@cw-vitals/client/claims";
import { Link, useParams } from "react-router";
import { useT } from "../../../i18n";
import { Address, Card, Empty, Facts, Loaded, Page, When } from "../../../ui";
import { Sum } from "../../money/Sum";
import { useClaim, usePolicy, useProduct } from "../data/queries";
import { ClaimWord } from "../policies/StateWord";
import { EvidenceCard } from "./EvidenceCard";
import { InvoiceCard } from "./InvoiceCard";

export function ClaimPage() {
  const t = useT();
  const { policy = "", claim = "" } = useParams();
  const number = Number(claim);
  if (!/^[1-9]\d{0,4}$/.test(claim)) return <Empty title={t("insurer.claim.no_number")} />;
  return <Opened policy={policy} claim={number} />;
}

function Opened({ policy, claim }: { policy: string; claim: number }) {
  const t = useT();
  const found = useClaim(policy, claim);
  const terms = usePolicy(policy);
  return (
    <Page title={t("insurer.claim.title", { policy, claim })}>
      <Loaded of={found} failed={t("insurer.claim.failed")}>
        {(info) => <Loaded of={terms}>{(sold) => <WithTerms claim={info} policy={sold} />}</Loaded>}
      </Loaded>
    </Page>
  );
}

function WithTerms({ claim, policy }: { claim: ClaimInfo; policy: PolicyInfo }) {
  const product = useProduct(policy.product, policy.version);
  return <Loaded of={product}>{(info) => <Claim claim={claim} policy={policy} product={info} />}</Loaded>;
}

function Claim({ claim, policy, product }: { claim: ClaimInfo; policy: PolicyInfo; product: ProductInfo }) {
  const t = useT();
  const { evidence } = claim;
  return (
    <div className="stack">
      <Card title={t(`insurer.claim.state.${claim.state}.title`)} aside={<ClaimWord of={claim.state} />}>
        <p>{t(`insurer.claim.state.${claim.state}.text`)}</p>
        <Facts
          of={[
            { name: t("insurer.policy"), value: <Link to={`/insurer/policies/${claim.policy}`}>{claim.policy}</Link> },
            {
              name: t("insurer.product"),
              value: <Link to={`/insurer/products/${product.product}`}>{product.product}</Link>,
            },
            { name: t("insurer.patient"), value: policy.patient },
            { name: t("insurer.claim.claimant"), value: <Address of={claim.claimant} /> },
            { name: t("insurer.claim.filed"), value: <When ms={claim.filed_at * 1000} /> },
            { name: t("insurer.claim.paid"), value: <Sum amount={claim.paid} denom={product.denom} /> },
            { name: t("insurer.policy.payee"), value: <Address of={policy.payee} /> },
          ]}
        />
      </Card>
      {"invoice" in evidence ? (
        <InvoiceCard claim={claim} invoice={evidence.invoice} policy={policy} product={product} />
      ) : (
        <EvidenceCard claim={claim} window={evidence.disclosed} policy={policy} product={product} />
      )}
    </div>
  );
}
