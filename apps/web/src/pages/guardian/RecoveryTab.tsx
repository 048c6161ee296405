import { consentCalls } from "@cw-vitals/client";
import { useState } from "react";
import { useClockEach } from "../../data/clock";
import { useT } from "../../i18n";
import { useSession } from "../../session/useSession";
import { Card } from "../../ui/Card";
import { Field } from "../../ui/Field";
import { Notice, State } from "../../ui/State";
import { Address } from "../../ui/Text";
import { Ago, When } from "../../ui/When";
import { completion, type InCare, quorumOf, recovers } from "./in-care";
import { OpenShare } from "./OpenShare";
import { CompleteRecovery, RecoveryButton, VoteFor } from "./RecoveryActions";

/** Moving a patient to another account, when theirs is lost: how far it is, and this guardian's part. */
export function RecoveryTab({ of }: { of: InCare }) {
  const t = useT();
  const { address } = useSession();
  const now = useClockEach(5000) / 1000;
  const { stage, votes, needed } = of.recovery;
  const { patient, controller } = of.patient;
  const mine = votes.find(({ guardian }) => guardian === address);
  const counts = recovers(of.guardian, now);
  const open = !stage || "collecting" in stage || "vetoed" in stage;
  return (
    <>
      <Card title={t("guardian.recovery.title")} aside={<StageState of={of} />}>
        <p>{t("guardian.recovery.lead")}</p>
        <p className="muted">
          {t("guardian.recovery.controls")} <Address of={controller} />
        </p>
        <StageText of={of} />
        {completion(of.recovery, now).length > 0 && <CompleteRecovery patient={patient} />}
      </Card>
      {votes.length > 0 && (
        <Card title={t("guardian.recovery.votes", { count: votes.length, needed })}>
          <ul className="list">
            {votes.map((vote) => (
              <li key={vote.guardian}>
                <Address of={vote.guardian} /> {t("guardian.recovery.wants")} <Address of={vote.account} whole />
              </li>
            ))}
          </ul>
          {mine && open && (
            <RecoveryButton step="withdraw" kind="secondary" call={consentCalls.cancelRecovery({ patient })} />
          )}
          {!mine &&
            counts &&
            open &&
            accountsOf(votes).map((account) => <VoteFor key={account} patient={patient} account={account} />)}
        </Card>
      )}
      {counts && open && <Propose of={of} />}
      {!counts && <NotYet of={of} />}
      <OpenShare />
      <p className="muted">{t("guardian.recovery.quorum", { quorum: quorumOf(of.quorums, "recover") })}</p>
    </>
  );
}

const accountsOf = (votes: readonly { account: string }[]) => [...new Set(votes.map(({ account }) => account))];

function StageState({ of }: { of: InCare }) {
  const t = useT();
  const { stage } = of.recovery;
  if (!stage) return <State level="good">{t("guardian.recovery.stage.none")}</State>;
  const [name] = Object.keys(stage) as ["collecting" | "waiting" | "vetoed" | "overriding"];
  return <State level={name === "vetoed" ? "warning" : "waiting"}>{t(`guardian.recovery.stage.${name}`)}</State>;
}

function StageText({ of }: { of: InCare }) {
  const t = useT();
  const { stage, needed } = of.recovery;
  if (!stage) return null;
  if ("collecting" in stage) return <p>{t("guardian.recovery.collecting", { needed })}</p>;
  if ("vetoed" in stage) {
    return (
      <Notice level="warning" title={t("guardian.recovery.vetoed")}>
        <p>{t("guardian.recovery.vetoed.todo", { needed })}</p>
        <When ms={stage.vetoed.at * 1000} />
      </Notice>
    );
  }
  const decided = "waiting" in stage ? stage.waiting : stage.overriding;
  return (
    <p>
      {t("waiting" in stage ? "guardian.recovery.waiting" : "guardian.recovery.overriding")}{" "}
      <Address of={decided.account} whole /> <Ago ms={decided.ready_at * 1000} />
    </p>
  );
}

function Propose({ of }: { of: InCare }) {
  const t = useT();
  const { network } = useSession();
  const [account, setAccount] = useState("");
  const typed = account.trim();
  const right = new RegExp(`^${network.prefix}1[02-9ac-hj-np-z]{38,58}$`).test(typed);
  return (
    <Card title={t("guardian.recovery.propose.card")}>
      <Field
        label={t("guardian.recovery.account")}
        hint={t("guardian.recovery.account.hint")}
        error={typed !== "" && !right ? t("guardian.recovery.account.wrong", { prefix: network.prefix }) : undefined}
        value={account}
        onChange={setAccount}
        autoComplete="off"
        spellCheck={false}
      />
      <RecoveryButton
        step="propose"
        disabled={!right}
        call={consentCalls.proposeRecovery({ patient: of.patient.patient, account: typed })}
        onDone={() => setAccount("")}
      >
        <Address of={typed} whole />
      </RecoveryButton>
    </Card>
  );
}

function NotYet({ of }: { of: InCare }) {
  const t = useT();
  const { powers, recovers_from: from } = of.guardian;
  if (!powers.includes("recover")) return <p className="muted">{t("guardian.recovery.not_yours")}</p>;
  return (
    <p className="muted">
      {t("guardian.recovery.not_yet")} {from != null && <When ms={from * 1000} />}
    </p>
  );
}
