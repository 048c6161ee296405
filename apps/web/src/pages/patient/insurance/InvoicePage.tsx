import { type ContractCall, claimsCalls, withFunds } from "@cw-vitals/client";
import { useId, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSettings } from "../../../shell/settings";
import { Button, ButtonLink } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Field } from "../../../ui/Field";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { useToast } from "../../../ui/Toast";
import { usePatient } from "../lib/patient";
import { dateEnd, dateStart, dateText, secondsOf } from "../lib/time";
import { digestOf } from "./digest";
import { benefit, denomText, nativeDenom, typedAmount } from "./terms";
import { type MyPolicy, usePolicy } from "./use-insurance";
import { useAmount } from "./words";

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
  const id = useId();
  const say = useToast();
  const navigate = useNavigate();
  const { zone } = useSettings();
  const { send } = useSend();
  const { policy, product } = of;
  const amount = useAmount(product.denom);
  const denom = denomText(product.denom);
  const [file, setFile] = useState<File>();
  const [typed, setTyped] = useState("");
  const [from, setFrom] = useState(() => dateText(Date.now(), zone));
  const [until, setUntil] = useState(() => dateText(Date.now(), zone));
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const claimed = typedAmount(typed, denom);
  const most = benefit(product.terms).amount;
  const over = claimed !== undefined && BigInt(claimed) > BigInt(most);
  const start = dateStart(from, zone);
  const end = dateEnd(until, zone);
  const inOrder = start !== undefined && end !== undefined && start < end;
  const ready = file !== undefined && claimed !== undefined && !over && inOrder;
  const deposit = "invoice" in product.terms.evidence ? product.terms.evidence.invoice.fee : "0";
  const next = () => {
    setTried(true);
    if (ready) setAsking(true);
  };
  const sendIt = async () => {
    const invoice = {
      amount: claimed ?? "0",
      digest: await digestOf((await file?.arrayBuffer()) ?? ""),
      // the contract takes care that lies before the block
      served_from: secondsOf(start ?? 0),
      served_until: Math.min(secondsOf(end ?? 0), secondsOf(Date.now())),
    };
    await send(
      paying(
        claimsCalls.fileInvoice({ policy: policy.policy, ground: { patient: {} }, invoice }),
        nativeDenom(product.denom),
        deposit,
      ),
    );
    say(t("patient.invoice.done"));
    void navigate(`/patient/insurance/policies/${policy.policy}`);
  };
  return (
    <Card>
      <div className="form">
        <div className="field">
          <label htmlFor={id} className="field-label">
            {t("patient.invoice.file")}
          </label>
          <div id={`${id}-hint`} className="field-hint">
            {t("patient.invoice.file.hint")}
          </div>
          <input
            id={id}
            type="file"
            className="input"
            aria-describedby={`${id}-hint`}
            onChange={(event) => setFile(event.target.files?.[0])}
          />
          {tried && !file && (
            <div className="field-error" role="alert">
              {t("patient.invoice.file.missing")}
            </div>
          )}
        </div>
        <Field
          label={t("patient.invoice.amount")}
          hint={t("patient.invoice.amount.hint", { most: amount(most) })}
          error={
            tried && (claimed === undefined || over)
              ? t(over ? "patient.invoice.amount.over" : "patient.invoice.amount.wrong", { most: amount(most) })
              : undefined
          }
          inputMode="decimal"
          value={typed}
          onChange={setTyped}
        />
        <Field
          type="date"
          label={t("patient.invoice.from")}
          error={tried && !inOrder ? t("patient.invoice.dates") : undefined}
          value={from}
          onChange={setFrom}
        />
        <Field type="date" label={t("patient.invoice.until")} value={until} onChange={setUntil} />
        <Button kind="primary" onClick={next}>
          {t("patient.invoice.next")}
        </Button>
      </div>
      <Confirm
        open={asking}
        title={t("patient.invoice.confirm")}
        consequences={[
          t("patient.invoice.one", { amount: amount(claimed ?? "0") }),
          ...(deposit === "0" ? [] : [t("patient.invoice.deposit", { deposit: amount(deposit) })]),
          t("patient.invoice.two"),
        ]}
        publishes={<p>{t("patient.invoice.publishes")}</p>}
        action={t("patient.invoice.action")}
        onConfirm={sendIt}
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}

function paying(call: ContractCall, denom: string | undefined, amount: string): ContractCall {
  return amount === "0" || denom === undefined ? call : withFunds(call, [{ denom, amount }]);
}
