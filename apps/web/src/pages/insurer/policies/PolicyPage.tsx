import type { PolicyInfo, ProductInfo } from "@cw-vitals/client/claims";
import { Link, useParams } from "react-router";
import { useT } from "../../../i18n";
import { Address, Card, Facts, Loaded, Page, When } from "../../../ui";
import { Sum } from "../../money/Sum";
import { ClaimsTable } from "../claims/ClaimsTable";
import { usePolicy, usePolicyClaims, useProduct } from "../data/queries";
import { useProductText } from "../terms/useTermsText";
import { HistoryCard } from "./HistoryCard";
import { PolicyActs } from "./PolicyActs";
import { PolicyWord } from "./StateWord";

export function PolicyPage() {
  const t = useT();
  const { policy = "" } = useParams();
  const found = usePolicy(policy);
  return (
    <Page title={t("insurer.policy.title", { policy })}>
      <Loaded of={found} failed={t("insurer.policy.failed", { policy })}>
        {(info) => <Policy of={info} />}
      </Loaded>
    </Page>
  );
}

function Policy({ of }: { of: PolicyInfo }) {
  const product = useProduct(of.product, of.version);
  return (
    <Loaded of={product}>
      {(info) => (
        <div className="stack">
          <PolicyCard of={of} product={info} />
          <Claims policy={of.policy} product={info} />
          <HistoryCard policy={of.policy} denom={info.denom} />
        </div>
      )}
    </Loaded>
  );
}

function PolicyCard({ of, product }: { of: PolicyInfo; product: ProductInfo }) {
  const t = useT();
  const text = useProductText();
  const time = (seconds: number | null | undefined) => (seconds ? <When ms={seconds * 1000} /> : "–");
  const { denom } = product;
  return (
    <Card
      title={
        <Link to={`/insurer/products/${of.product}`}>
          {of.product} · {text(product)}
        </Link>
      }
      aside={<PolicyWord of={of.state} />}
    >
      <p>{t(`insurer.policy.state.${of.state}.text`)}</p>
      <Facts
        of={[
          { name: t("insurer.patient"), value: of.patient },
          { name: t("insurer.policy.payee"), value: <Address of={of.payee} /> },
          ...(of.policyholder ? [{ name: t("insurer.policy.holder"), value: <Address of={of.policyholder} /> }] : []),
          ...(of.arbiter ? [{ name: t("insurer.terms.arbiter"), value: <Address of={of.arbiter} /> }] : []),
          { name: t("insurer.terms.version"), value: of.version },
          ...(of.offered_until ? [{ name: t("insurer.policy.offered_until"), value: time(of.offered_until) }] : []),
          {
            name: t("insurer.policy.cover"),
            value: (
              <>
                {time(of.covered_from)} – {time(of.covered_until)}
              </>
            ),
          },
          { name: t("insurer.policy.file_until"), value: time(of.file_until) },
          { name: t("insurer.policy.premium"), value: <Sum amount={of.premium_paid} denom={denom} /> },
          ...(of.next_due
            ? [
                {
                  name: t("insurer.policy.next"),
                  value: (
                    <>
                      <Sum amount={of.next_amount} denom={denom} /> · {time(of.next_due)}
                    </>
                  ),
                },
              ]
            : []),
          { name: t("insurer.policy.locked"), value: <Sum amount={of.locked} denom={denom} /> },
          {
            name: t("insurer.policy.claims"),
            value: t("insurer.policy.claims.text", {
              paid: of.claims_paid,
              most: of.claims_most,
              open: of.claims_open,
            }),
          },
          ...(product.terms.reward
            ? [
                {
                  name: t("insurer.terms.reward"),
                  value: t("insurer.policy.reward", {
                    days: of.reward_days,
                    of: product.terms.reward.days,
                    paid: String(of.rebated),
                  }),
                },
              ]
            : []),
        ]}
      />
      <PolicyActs of={of} />
    </Card>
  );
}

function Claims({ policy, product }: { policy: string; product: ProductInfo }) {
  const t = useT();
  const claims = usePolicyClaims(policy);
  return (
    <Card title={t("insurer.claims.title")}>
      <Loaded of={claims}>
        {(list) => (
          <ClaimsTable of={list.map((claim) => ({ ...claim, product: product.product }))} products={[product]} />
        )}
      </Loaded>
    </Card>
  );
}
