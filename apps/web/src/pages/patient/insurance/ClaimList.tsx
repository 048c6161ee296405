import { claimsCalls } from "@cw-vitals/client";
import type * as claims from "@cw-vitals/client/claims";
import { useState } from "react";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card, Empty } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { TextArea } from "../../../ui/Field";
import { Loaded } from "../../../ui/Loaded";
import { State } from "../../../ui/State";
import { type Column, Table } from "../../../ui/Table";
import { Money } from "../../../ui/Text";
import { useToast } from "../../../ui/Toast";
import { When } from "../../../ui/When";
import { usePatient } from "../lib/patient";
import { digestOf } from "./digest";
import { denomText } from "./terms";
import { type MyPolicy, useClaims } from "./use-insurance";
import { CLAIM_LEVEL } from "./words";

/** What was claimed under a policy, and what became of it. */
export function ClaimList({ of }: { of: MyPolicy }) {
  const t = useT();
  const { patient } = usePatient();
  const claims = useClaims(patient, of.policy.policy);
  const [appeal, setAppeal] = useState<number>();
  const [settle, setSettle] = useState<number>();
  const denom = denomText(of.product.denom);
  const columns: Column<claims.ClaimInfo>[] = [
    { key: "number", head: t("patient.claim.number"), cell: ({ claim }) => claim },
    { key: "filed", head: t("patient.claim.filed"), cell: ({ filed_at }) => <When ms={filed_at * 1000} /> },
    { key: "about", head: t("patient.claim.about"), cell: (claim) => <About claim={claim} denom={denom} /> },
    {
      key: "state",
      head: t("patient.claim.state"),
      cell: ({ state }) => <State level={CLAIM_LEVEL[state]}>{t(`patient.claim.state.${state}`)}</State>,
    },
    {
      key: "paid",
      head: t("patient.claim.paid"),
      numeric: true,
      cell: ({ paid }) => <Money amount={paid} denom={denom} />,
    },
    {
      key: "do",
      head: t("patient.claim.do"),
      cell: ({ claim, state }) =>
        state === "assessed" ? (
          <Button onClick={() => setAppeal(claim)}>{t("patient.claim.appeal")}</Button>
        ) : state === "overdue" ? (
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
      {appeal !== undefined && (
        <AppealDialog policy={of.policy.policy} claim={appeal} onClose={() => setAppeal(undefined)} />
      )}
      {settle !== undefined && (
        <SettleDialog policy={of.policy.policy} claim={settle} onClose={() => setSettle(undefined)} />
      )}
    </Card>
  );
}

function About({ claim, denom }: { claim: claims.ClaimInfo; denom: string }) {
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
      {t("patient.claim.invoice")} <Money amount={claim.evidence.invoice.claimed} denom={denom} />
    </>
  );
}

function AppealDialog({ policy, claim, onClose }: { policy: string; claim: number; onClose(): void }) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const [reason, setReason] = useState("");
  const appeal = async () => {
    await send(claimsCalls.appeal({ policy, claim, ground: { patient: {} }, reason: await digestOf(reason.trim()) }));
    say(t("patient.claim.appeal.done"));
  };
  return (
    <Confirm
      open
      title={t("patient.claim.appeal.title")}
      consequences={[t("patient.claim.appeal.one"), t("patient.claim.appeal.two")]}
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

function SettleDialog({ policy, claim, onClose }: { policy: string; claim: number; onClose(): void }) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const settle = async () => {
    await send(claimsCalls.settle({ policy, claim }));
    say(t("patient.claim.settle.done"));
  };
  return (
    <Confirm
      open
      title={t("patient.claim.settle.title")}
      consequences={[t("patient.claim.settle.one")]}
      action={t("patient.claim.settle")}
      onConfirm={settle}
      onClose={onClose}
    />
  );
}
