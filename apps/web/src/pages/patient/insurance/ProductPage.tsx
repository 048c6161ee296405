import { claimsCalls, funded } from "@cw-vitals/client";
import type * as claims from "@cw-vitals/client/claims";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useVitals } from "../../../data/live";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button, ButtonLink } from "../../../ui/Button";
import { Card, Facts } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { Notice } from "../../../ui/State";
import { Address } from "../../../ui/Text";
import { useToast } from "../../../ui/Toast";
import { useSumText, useUnit } from "../../money/Sum";
import { usePatient } from "../lib/patient";
import { evidenceKind, isLive, premium } from "./terms";
import { usePolicies, useProduct } from "./use-insurance";
import { useTermSentences } from "./words";

/** A product's terms in full, and taking it out. */
export function ProductPage() {
  const t = useT();
  const { product: number = "" } = useParams();
  const product = useProduct(number);
  const back = <ButtonLink to="/patient/insurance">{t("patient.insurance.back")}</ButtonLink>;
  return (
    <Page title={t("patient.product.title", { number })} lead={t("patient.product.lead")} actions={back}>
      <Loaded of={product} failed={t("patient.product.failed")}>
        {(found) => <Terms product={found} />}
      </Loaded>
    </Page>
  );
}

function Terms({ product }: { product: claims.ProductInfo }) {
  const t = useT();
  const { patient } = usePatient();
  const { data: policies } = usePolicies(patient);
  const sentences = useTermSentences(product);
  const [asking, setAsking] = useState(false);
  const live = policies?.find(({ policy }) => policy.product === product.product && isLive(policy));
  const unit = useUnit(product.denom);
  return (
    <div className="stack">
      <Card title={t("patient.product.terms")}>
        <ul className="consequences">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {evidenceKind(product.terms) === "disclosed" && (
          <Notice level="watch" title={t("patient.product.publishes")}>
            {<p>{t("patient.product.publishes.text")}</p>}
          </Notice>
        )}
        <Facts
          of={[
            { name: t("patient.product.insurer"), value: <Address of={product.insurer} /> },
            { name: t("patient.product.version"), value: String(product.version) },
          ]}
        />
      </Card>
      {live && (
        <Notice
          level="note"
          title={t("patient.product.taken")}
          actions={
            <ButtonLink to={`/patient/insurance/policies/${live.policy.policy}`}>{t("patient.policy.open")}</ButtonLink>
          }
        />
      )}
      {"cw20" in product.denom && (
        <Notice level="note" title={t("patient.product.token", { symbol: unit.symbol })}>
          <p>
            {t("patient.product.token.text")} <Address of={product.denom.cw20} whole />
          </p>
        </Notice>
      )}
      {!live && product.on_sale && (
        <div className="actions">
          <Button kind="primary" onClick={() => setAsking(true)}>
            {t("patient.product.bind")}
          </Button>
        </div>
      )}
      {asking && <BindDialog product={product} onClose={() => setAsking(false)} />}
    </div>
  );
}

function BindDialog({ product, onClose }: { product: claims.ProductInfo; onClose(): void }) {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const { patient } = usePatient();
  const { address } = useSession();
  const vitals = useVitals();
  const { send } = useSend();
  const amount = useSumText(product.denom);
  const { first } = premium(product.terms);
  const bind = async () => {
    const call = claimsCalls.bind({
      product: product.product,
      version: product.version,
      patient,
      ground: { patient: {} },
      payee: address,
    });
    const premium = { amount: first, denom: product.denom };
    const { events } = await send(funded(vitals?.addressOf("claims") ?? "", call, premium));
    const bound = events.find(({ kind }) => kind === "policy_bound")?.attributes.policy;
    say(t("patient.bind.done"));
    void navigate(bound ? `/patient/insurance/policies/${bound}` : "/patient/insurance");
  };
  return (
    <Confirm
      open
      title={t("patient.bind.title", { number: product.product })}
      consequences={[
        t("patient.bind.pay", { amount: amount(first) }),
        t("patient.bind.payee"),
        t("patient.bind.cancel", { kept: amount(product.terms.minimum_charge) }),
        t("patient.bind.public"),
      ]}
      action={t("patient.bind.action", { amount: amount(first) })}
      onConfirm={bind}
      onClose={onClose}
    />
  );
}
