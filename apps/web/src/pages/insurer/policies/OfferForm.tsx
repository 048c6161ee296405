import { attribute, claimsCalls, expectEvent, funded } from "@cw-vitals/client";
import type { ProductInfo } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useSend, useVitals } from "../../../data";
import { isRecordNumber } from "../../../data/record-number";
import { useT } from "../../../i18n";
import { Button, Card, Confirm, Field, useToast, When } from "../../../ui";
import { useSumText } from "../../money/Sum";
import { premiumOf } from "../terms/words";

const DAY_S = 86_400;
/** What the contract allows. */
const MOST_DAYS = 90;

/** Offers a patient a policy; whoever offers pays the first premium. */
export function OfferForm({ of }: { of: ProductInfo }) {
  const t = useT();
  const say = useToast();
  const vitals = useVitals();
  const { send } = useSend();
  const text = useSumText(of.denom);
  const [patient, setPatient] = useState("");
  const [payee, setPayee] = useState("");
  const [days, setDays] = useState("14");
  const [tried, setTried] = useState(false);
  const [until, setUntil] = useState<number>();
  const { amount } = premiumOf(of.terms.premium);
  const wrong = {
    patient: !isRecordNumber(patient.trim()),
    payee: payee.trim() === "",
    days: !/^\d{1,2}$/.test(days) || Number(days) < 1 || Number(days) > MOST_DAYS,
  };
  const ask = async () => {
    setTried(true);
    if (wrong.patient || wrong.payee || wrong.days || !vitals) return;
    // the chain's clock decides, not this machine's
    const { timeMs } = await vitals.head();
    setUntil(Math.floor(timeMs / 1000) + Number(days) * DAY_S - 60);
  };
  const run = async () => {
    const offer = {
      product: of.product,
      version: of.version,
      patient: patient.trim(),
      payee: payee.trim(),
      until: until as number,
    };
    const call = funded(vitals?.addressOf("claims") ?? "", claimsCalls.offer(offer), { amount, denom: of.denom });
    const sent = await send(call);
    say(t("insurer.offer.done", { policy: attribute(expectEvent(sent.events, "claims", "policy_offered"), "policy") }));
    setPatient("");
    setPayee("");
    setTried(false);
  };
  return (
    <Card title={t("insurer.offer.title")}>
      <p>{t("insurer.offer.text", { amount: text(amount) })}</p>
      <div className="form">
        <Field
          label={t("insurer.offer.patient")}
          value={patient}
          inputMode="numeric"
          error={tried && wrong.patient ? t("insurer.offer.patient.error") : undefined}
          onChange={setPatient}
        />
        <Field
          label={t("insurer.offer.payee")}
          hint={t("insurer.offer.payee.hint")}
          value={payee}
          spellCheck={false}
          error={tried && wrong.payee ? t("insurer.form.error.account") : undefined}
          onChange={setPayee}
        />
        <Field
          label={t("insurer.offer.days")}
          value={days}
          inputMode="numeric"
          error={tried && wrong.days ? t("insurer.offer.days.error", { most: MOST_DAYS }) : undefined}
          onChange={setDays}
        />
        <Button onClick={() => void ask()}>{t("insurer.offer.action")}</Button>
      </div>
      <Confirm
        open={until !== undefined}
        title={t("insurer.offer.confirm", { patient: patient.trim() })}
        consequences={[
          t("insurer.offer.confirm.pays", { amount: text(amount) }),
          <>
            {t("insurer.offer.confirm.until")} <When ms={(until ?? 0) * 1000} />
          </>,
          t("insurer.offer.confirm.payee"),
        ]}
        action={t("insurer.offer.action")}
        onConfirm={run}
        onClose={() => setUntil(undefined)}
      />
    </Card>
  );
}
