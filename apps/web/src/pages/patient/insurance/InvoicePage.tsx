import { claimsCalls, funded } from "@cw-vitals/client";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useVitals } from "../../../data/live";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSettings } from "../../../shell/settings";
import { Button, ButtonLink } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Field, FileField } from "../../../ui/Field";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { useToast } from "../../../ui/Toast";
import { When } from "../../../ui/When";
import { AmountField, useParse } from "../../money/AmountField";
import { useSumText } from "../../money/Sum";
import { usePatient } from "../lib/patient";
import { dateEnd, dateStart, dateText } from "../lib/time";
import { digestOf } from "./digest";
import { benefit, type Served, servedWithin } from "./terms";
import { type MyPolicy, usePolicy } from "./use-insurance";

/** A bill, of which the chain sees digest, sum and dates. */
export function InvoicePage() {
  const t = useT();
  const { policy: number = "" } = useParams();
  const { patient } = usePatient();
  const policy = usePolicy(patient, number);
  const back = <ButtonLink to={`/patient/insurance/policies/${number}`}>{t("patient.claim.back")}</ButtonLink>;
  return (
    <Page title={t("patient.invoice.title", { number })} lead={t("patient.invoice.lead")} actions={back}>
      <Loaded of={policy} failed={t("patient.policy.failed")}>
        {(found) => <InvoiceForm of={found} />}
      </Loaded>
    </Page>
  );
}

function InvoiceForm({ of }: { of: MyPolicy }) {
  const t = useT();
  const say = useToast();
  const navigate = useNavigate();
  const { zone } = useSettings();
  const { send } = useSend();
  const { policy, product } = of;
  const vitals = useVitals();
  const amount = useSumText(product.denom);
  const parse = useParse(product.denom);
  const [file, setFile] = useState<File>();
  const [typed, setTyped] = useState("");
  const [from, setFrom] = useState(() => dateText(Date.now(), zone));
  const [until, setUntil] = useState(() => dateText(Date.now(), zone));
  const [tried, setTried] = useState(false);
  const [outside, setOutside] = useState(false);
  const [asking, setAsking] = useState<Served>();
  const parsed = parse(typed);
  const claimed = parsed === undefined || BigInt(parsed) === 0n ? undefined : parsed;
  const most = benefit(product.terms).amount;
  const over = claimed !== undefined && BigInt(claimed) > BigInt(most);
  const start = dateStart(from, zone);
  const end = dateEnd(until, zone);
  const inOrder = start !== undefined && end !== undefined && start < end;
  const ready = file !== undefined && claimed !== undefined && !over && inOrder;
  const deposit = "invoice" in product.terms.evidence ? product.terms.evidence.invoice.fee : "0";
  const next = async () => {
    setTried(true);
    setOutside(false);
    if (!ready || !vitals) return;
    // the chain's clock decides, not this machine's
    const { timeMs } = await vitals.head();
    const served = servedWithin({ startMs: start, endMs: end }, policy, timeMs);
    setOutside(served === undefined);
    setAsking(served);
  };
  const sendIt = async (served: Served) => {
    const invoice = {
      amount: claimed ?? "0",
      digest: await digestOf((await file?.arrayBuffer()) ?? ""),
      served_from: served.from,
      served_until: served.until,
    };
    const call = claimsCalls.fileInvoice({ policy: policy.policy, ground: { patient: {} }, invoice });
    await send(funded(vitals?.addressOf("claims") ?? "", call, { amount: deposit, denom: product.denom }));
    say(t("patient.invoice.done"));
    void navigate(`/patient/insurance/policies/${policy.policy}`);
  };
  return (
    <Card>
      <div className="form">
        <FileField
          label={t("patient.invoice.file")}
          hint={t("patient.invoice.file.hint")}
          error={tried && !file ? t("patient.invoice.file.missing") : undefined}
          onChoose={setFile}
        />
        <AmountField
          label={t("patient.invoice.amount")}
          denom={product.denom}
          hint={t("patient.invoice.amount.hint", { most: amount(most) })}
          error={
            tried && (claimed === undefined || over)
              ? t(over ? "patient.invoice.amount.over" : "patient.invoice.amount.wrong", { most: amount(most) })
              : undefined
          }
          value={typed}
          onChange={setTyped}
        />
        <Field
          type="date"
          label={t("patient.invoice.from")}
          error={tried && !inOrder ? t("patient.invoice.dates") : outside ? t("patient.invoice.outside") : undefined}
          value={from}
          onChange={setFrom}
        />
        <Field type="date" label={t("patient.invoice.until")} value={until} onChange={setUntil} />
        <Button kind="primary" onClick={() => void next()}>
          {t("patient.invoice.next")}
        </Button>
      </div>
      <Confirm
        open={asking !== undefined}
        title={t("patient.invoice.confirm")}
        consequences={[
          t("patient.invoice.one", { amount: amount(claimed ?? "0") }),
          ...(deposit === "0" ? [] : [t("patient.invoice.deposit", { deposit: amount(deposit) })]),
          t("patient.invoice.two"),
          <>
            {t("patient.invoice.served")} <When ms={(asking?.from ?? 0) * 1000} /> –{" "}
            <When ms={(asking?.until ?? 0) * 1000} />
          </>,
        ]}
        publishes={<p>{t("patient.invoice.publishes")}</p>}
        action={t("patient.invoice.action")}
        onConfirm={() => (asking ? sendIt(asking) : Promise.resolve())}
        onClose={() => setAsking(undefined)}
      />
    </Card>
  );
}
