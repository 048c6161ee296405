import type { DenomMsg } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useParams } from "react-router";
import type { ChainData } from "../../../data/chain";
import { can } from "../../../data/policy-acts";
import { useT } from "../../../i18n";
import { Button, ButtonLink } from "../../../ui/Button";
import { Card, Facts } from "../../../ui/Card";
import { Loaded, StaleMark } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { State } from "../../../ui/State";
import { Address } from "../../../ui/Text";
import { When } from "../../../ui/When";
import { Sum } from "../../money/Sum";
import { usePatient } from "../lib/patient";
import { ClaimList } from "./ClaimList";
import { Owed } from "./Owed";
import { type Act, PolicyActDialog } from "./PolicyActDialog";
import { evidenceKind } from "./terms";
import { type MyPolicy, useBalance, usePolicy, useRefund } from "./use-insurance";
import { POLICY_LEVEL, useTermSentences } from "./words";

export function PolicyPage() {
  const t = useT();
  const { policy: number = "" } = useParams();
  const { patient } = usePatient();
  const policy = usePolicy(patient, number);
  const back = <ButtonLink to="/patient/insurance">{t("patient.insurance.back")}</ButtonLink>;
  return (
    <Page title={t("patient.policy.title", { number })} actions={back}>
      <Loaded of={policy} failed={t("patient.policy.failed")}>
        {(found) => <Policy of={found} />}
      </Loaded>
    </Page>
  );
}

function Policy({ of }: { of: MyPolicy }) {
  const t = useT();
  const { policy, product } = of;
  const [act, setAct] = useState<Act>();
  const sentences = useTermSentences(product);
  const invoice = evidenceKind(product.terms) === "invoice";
  const { denom } = product;
  const balance = useBalance(policy.payee, "native" in denom ? denom.native : undefined);
  const refund = useRefund(policy);
  const money = (amount: string) => <Sum amount={amount} denom={denom} />;
  const acts = (["accept", "pay", "cancel", "expire"] as const).filter((one) => can(one, policy));
  return (
    <div className="stack">
      <Card
        title={t("patient.policy.cover.title")}
        aside={<State level={POLICY_LEVEL[policy.state]}>{t(`patient.policy.state.${policy.state}`)}</State>}
        actions={
          <>
            {can("claim", policy) && (
              <ButtonLink
                kind="primary"
                to={`/patient/insurance/policies/${policy.policy}/${invoice ? "invoice" : "claim"}`}
              >
                {t(invoice ? "patient.policy.invoice" : "patient.policy.claim")}
              </ButtonLink>
            )}
            {can("claim", policy) && product.terms.reward && !policy.rebated && (
              <ButtonLink to={`/patient/insurance/policies/${policy.policy}/reward`}>
                {t("patient.policy.reward")}
              </ButtonLink>
            )}
            {acts.map((one) => (
              <Button key={one} kind={one === "cancel" ? "danger" : "primary"} onClick={() => setAct(one)}>
                {t(`patient.policy.${one}`)}
              </Button>
            ))}
          </>
        }
      >
        <p>{t(`patient.policy.state.${policy.state}.text`)}</p>
        <Facts
          of={[
            ...(policy.bound_at > 0
              ? [
                  { name: t("patient.policy.from"), value: <When ms={policy.covered_from * 1000} /> },
                  { name: t("patient.policy.until"), value: <When ms={policy.covered_until * 1000} /> },
                  { name: t("patient.policy.file_until"), value: <When ms={policy.file_until * 1000} /> },
                ]
              : []),
            ...(policy.offered_until == null
              ? []
              : [{ name: t("patient.policy.offered_until"), value: <When ms={policy.offered_until * 1000} /> }]),
            { name: t("patient.policy.paid_in"), value: money(policy.premium_paid) },
            ...(policy.next_due == null
              ? []
              : [
                  {
                    name: t("patient.policy.next_due"),
                    value: (
                      <>
                        {money(policy.next_amount)} · <When ms={policy.next_due * 1000} dateOnly />
                      </>
                    ),
                  },
                ]),
            {
              name: t("patient.policy.claims"),
              value: t("patient.policy.claims.of", { paid: policy.claims_paid, most: policy.claims_most }),
            },
            ...(product.terms.reward
              ? [
                  {
                    name: t("patient.policy.reward_days"),
                    value: t(policy.rebated ? "patient.policy.reward_paid" : "patient.policy.reward_days.of", {
                      days: policy.reward_days,
                      of: product.terms.reward.days,
                    }),
                  },
                ]
              : []),
            ...(refund === undefined ? [] : [{ name: t("patient.policy.refund"), value: money(refund) }]),
            { name: t("patient.policy.locked"), value: money(policy.locked) },
            { name: t("patient.policy.payee"), value: <Address of={policy.payee} /> },
            ...(balance.data === undefined
              ? []
              : [{ name: t("patient.policy.balance"), value: <Balance of={balance} denom={denom} /> }]),
          ]}
        />
        <Owed product={product} />
      </Card>
      <ClaimList of={of} />
      <Card title={t("patient.product.terms")}>
        <ul className="consequences">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Card>
      {act && <PolicyActDialog act={act} of={of} onClose={() => setAct(undefined)} />}
    </div>
  );
}

/** What the account has that is paid, with its age where it may have changed. */
function Balance({ of, denom }: { of: ChainData<string>; denom: DenomMsg }) {
  return (
    <>
      <Sum amount={of.data ?? "0"} denom={denom} /> <StaleMark of={of} />
    </>
  );
}
