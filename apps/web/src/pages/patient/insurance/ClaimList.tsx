import { claimsCalls } from "@cw-vitals/client";
import type * as claims from "@cw-vitals/client/claims";
import { useState } from "react";
import { silenceMeans } from "../../../data/invoice-silence";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card, Empty } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { TextArea } from "../../../ui/Field";
import { Loaded } from "../../../ui/Loaded";
import { State } from "../../../ui/State";
import { type Column, Table } from "../../../ui/Table";
import { useToast } from "../../../ui/Toast";
import { When } from "../../../ui/When";
import { Sum, useSumText } from "../../money/Sum";
import { usePatient } from "../lib/patient";
import { digestOf } from "./digest";
import { type MyPolicy, useClaims } from "./use-insurance";
import { CLAIM_LEVEL } from "./words";

/** What was claimed under a policy, and what became of it. */
export function ClaimList({ of }: { of: MyPolicy }) {
  const t = useT();
  const { patient } = usePatient();
  const claims = useClaims(patient, of.policy.policy);
  const [appeal, setAppeal] = useState<claims.ClaimInfo>();
  const [settle, setSettle] = useState<claims.ClaimInfo>();
  const { denom } = of.product;
  const columns: Column<claims.ClaimInfo>[] = [
    { key: "number", head: t("patient.claim.number"), cell: ({ claim }) => claim },
    { key: "filed", head: t("patient.claim.filed"), cell: ({ filed_at }) => <When ms={filed_at * 1000} /> },
    { key: "about", head: t("patient.claim.about"), cell: (claim) => <About claim={claim} denom={denom} /> },
    {
      key: "state",
      head: t("patient.claim.state"),
      cell: (claim) => <State level={CLAIM_LEVEL[claim.state]}>{t(stateKey(claim))}</State>,
    },
    {
      key: "paid",
      head: t("patient.claim.paid"),
      numeric: true,
      cell: ({ paid }) => <Sum amount={paid} denom={denom} />,
    },
    {
      key: "deadline",
      head: t("patient.claim.deadline"),
      cell: ({ evidence }) =>
        "invoice" in evidence && evidence.invoice.deadline ? <When ms={evidence.invoice.deadline * 1000} /> : "–",
    },
    {
      key: "do",
      head: t("patient.claim.do"),
      cell: (claim) =>
        claim.state === "assessed" ? (
          <Button onClick={() => setAppeal(claim)}>{t("patient.claim.appeal")}</Button>
        ) : claim.state === "overdue" ? (
          <Button onClick={() => setSettle(claim)}>{t("patient.claim.settle")}</Button>
        ) : (
          t("patient.claim.nothing")
        ),
    },
  ];
  return (
    <Card title={t("patient.claims.title")}>
      <Loaded of={claims} failed={t("patient.claims.failed")}>
        {(all) => (
          <Table
            caption={t("patient.claims.caption")}
            columns={columns}
            rows={all}
            rowKey={({ claim }) => String(claim)}
            empty={<Empty title={t("patient.claims.none")} />}
          />
        )}
      </Loaded>
      {appeal !== undefined && <AppealDialog of={of.product} claim={appeal} onClose={() => setAppeal(undefined)} />}
      {settle !== undefined && <SettleDialog of={of.product} claim={settle} onClose={() => setSettle(undefined)} />}
    </Card>
  );
}

function stateKey({ state, paid }: claims.ClaimInfo) {
  return state === "assessed" && paid === "0"
    ? "patient.claim.state.assessed.nothing"
    : (`patient.claim.state.${state}` as const);
}

function About({ claim, denom }: { claim: claims.ClaimInfo; denom: claims.DenomMsg }) {
  const t = useT();
  if ("disclosed" in claim.evidence) {
    const { from_ms, to_ms } = claim.evidence.disclosed;
    return (
      <>
        {t("patient.claim.readings")} <When ms={from_ms} /> – <When ms={to_ms} />
      </>
    );
  }
  return (
    <>
      {t("patient.claim.invoice")} <Sum amount={claim.evidence.invoice.claimed} denom={denom} />
    </>
  );
}

interface ClaimDialogProps {
  of: claims.ProductInfo;
  claim: claims.ClaimInfo;
  onClose(): void;
}

function AppealDialog({ of, claim: { policy, claim, evidence }, onClose }: ClaimDialogProps) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const amount = useSumText(of.denom);
  const [reason, setReason] = useState("");
  const deposit = amount("invoice" in evidence ? evidence.invoice.deposit : "0");
  const appeal = async () => {
    await send(claimsCalls.appeal({ policy, claim, ground: { patient: {} }, reason: await digestOf(reason.trim()) }));
    say(t("patient.claim.appeal.done"));
  };
  return (
    <Confirm
      open
      title={t("patient.claim.appeal.title")}
      consequences={[t("patient.claim.appeal.one"), t("patient.claim.appeal.two", { deposit })]}
      action={t("patient.claim.appeal")}
      ready={reason.trim() !== ""}
      onConfirm={appeal}
      onClose={onClose}
    >
      <TextArea
        label={t("patient.claim.appeal.reason")}
        hint={t("patient.claim.appeal.reason.hint")}
        value={reason}
        onChange={setReason}
      />
    </Confirm>
  );
}

function SettleDialog({ of, claim: { policy, claim, evidence }, onClose }: ClaimDialogProps) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const text = useSumText(of.denom);
  if (!("invoice" in evidence && "invoice" in of.terms.evidence)) return null;
  const { meaning, amount } = silenceMeans(evidence.invoice, of.terms.evidence.invoice);
  const values = { amount: text(amount), deposit: text(evidence.invoice.deposit) };
  const settle = async () => {
    await send(claimsCalls.settle({ policy, claim }));
    say(t("patient.claim.settle.done"));
  };
  return (
    <Confirm
      open
      title={t("patient.claim.settle.title")}
      consequences={[t("patient.claim.settle.one"), t(`insurer.settle.means.${meaning}`, values)]}
      action={t("patient.claim.settle")}
      onConfirm={settle}
      onClose={onClose}
    />
  );
}
