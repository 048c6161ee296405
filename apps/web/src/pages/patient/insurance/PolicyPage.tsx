import { useState } from "react";
import { useParams } from "react-router";
import { can, type PolicyAct } from "../../../data/policy-acts";
import { useT } from "../../../i18n";
import { Button, ButtonLink } from "../../../ui/Button";
import { Card, Facts } from "../../../ui/Card";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { State } from "../../../ui/State";
import { Address, Money } from "../../../ui/Text";
import { When } from "../../../ui/When";
import { usePatient } from "../lib/patient";
import { ClaimList } from "./ClaimList";
import { Owed } from "./Owed";
import { PolicyActDialog } from "./PolicyActDialog";
import { denomText, evidenceKind, nativeDenom } from "./terms";
import { type MyPolicy, usePolicy } from "./use-insurance";
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
  const [act, setAct] = useState<Exclude<PolicyAct, "claim">>();
  const sentences = useTermSentences(product);
  const invoice = evidenceKind(product.terms) === "invoice";
  const money = (amount: string) => <Money amount={amount} denom={denomText(product.denom)} />;
  const acts = (["accept", "pay", "cancel"] as const).filter(
    (one) => can(one, policy) && (one !== "pay" || nativeDenom(product.denom)),
  );
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
            { name: t("patient.policy.locked"), value: money(policy.locked) },
            { name: t("patient.policy.payee"), value: <Address of={policy.payee} /> },
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
