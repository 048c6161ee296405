import { can } from "../../../data/policy-acts";
import { useT } from "../../../i18n";
import { ButtonLink } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { State } from "../../../ui/State";
import { When } from "../../../ui/When";
import { evidenceKind } from "./terms";
import type { MyPolicy } from "./use-insurance";
import { POLICY_LEVEL, useTermSentences } from "./words";

/** A policy at a glance. */
export function PolicyCard({ of }: { of: MyPolicy }) {
  const t = useT();
  const { policy, product } = of;
  const [pays] = useTermSentences(product);
  const invoice = evidenceKind(product.terms) === "invoice";
  const at = `/patient/insurance/policies/${policy.policy}`;
  return (
    <Card
      title={t("patient.policy.title", { number: policy.policy })}
      aside={<State level={POLICY_LEVEL[policy.state]}>{t(`patient.policy.state.${policy.state}`)}</State>}
      actions={
        <>
          {can("claim", policy) && (
            <ButtonLink kind="primary" to={`${at}/${invoice ? "invoice" : "claim"}`}>
              {t(invoice ? "patient.policy.invoice" : "patient.policy.claim")}
            </ButtonLink>
          )}
          <ButtonLink to={at}>
            {t(policy.state === "offered" ? "patient.policy.offer" : "patient.policy.open")}
          </ButtonLink>
        </>
      }
    >
      <p>{pays}</p>
      <p>{t(`patient.policy.state.${policy.state}.text`)}</p>
      {policy.bound_at > 0 && (
        <p className="muted">
          {t("patient.policy.cover")} <When ms={policy.covered_from * 1000} dateOnly /> –{" "}
          <When ms={policy.covered_until * 1000} dateOnly />
        </p>
      )}
    </Card>
  );
}
