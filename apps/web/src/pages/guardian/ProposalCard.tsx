import { consentCalls } from "@cw-vitals/client";
import type { ProposalInfo } from "@cw-vitals/client/consent";
import { type ReactNode, useState } from "react";
import { useSend } from "../../data/send";
import { useT } from "../../i18n";
import { useSession } from "../../session/useSession";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { State } from "../../ui/State";
import { Address } from "../../ui/Text";
import { useToast } from "../../ui/Toast";
import { Ago } from "../../ui/When";
import { type InCare, quorumOf } from "./in-care";
import { ProposalText } from "./ProposalText";

type Step = "approve" | "cancel";

/** What guardians want to do together: in words, who approved, what is left. */
export function ProposalCard({ of, proposal, head }: { of: InCare; proposal: ProposalInfo; head?: ReactNode }) {
  const t = useT();
  const { address } = useSession();
  const [asked, setAsked] = useState<Step>();
  const quorum = quorumOf(of.quorums, proposal.power);
  const needed = typeof quorum === "number" ? quorum : 1;
  const [proposer] = proposal.approvals;
  return (
    <article className="card" aria-labelledby={`proposal-${proposal.proposal}`}>
      <header className="card-head">
        <h3 id={`proposal-${proposal.proposal}`}>{t("guardian.proposal.name", { proposal: proposal.proposal })}</h3>
        <State level="waiting">{t("guardian.proposal.approved", { count: proposal.approvals.length, needed })}</State>
      </header>
      {head}
      <ProposalText of={proposal.msg} />
      <p className="muted">
        {t("guardian.proposal.by")} {proposer && <Address of={proposer} />} · {t("guardian.proposal.until")}{" "}
        <Ago ms={proposal.until * 1000} />
      </p>
      <div className="actions">
        {!proposal.approvals.includes(address) && of.guardian.powers.includes(proposal.power) && (
          <Button kind="primary" onClick={() => setAsked("approve")}>
            {t("guardian.proposal.approve")}
          </Button>
        )}
        {proposer === address && <Button onClick={() => setAsked("cancel")}>{t("guardian.proposal.cancel")}</Button>}
      </div>
      {asked && (
        <Decide
          of={of}
          proposal={proposal}
          step={asked}
          last={proposal.approvals.length + 1 >= needed}
          onClose={() => setAsked(undefined)}
        />
      )}
    </article>
  );
}

function Decide(props: { of: InCare; proposal: ProposalInfo; step: Step; last: boolean; onClose(): void }) {
  const { of, proposal, step, last, onClose } = props;
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const named = { patient: of.patient.patient, proposal: proposal.proposal };
  const run = async () => {
    await send(step === "approve" ? consentCalls.approve(named) : consentCalls.cancel(named));
    say(t(`guardian.proposal.${step}.done`));
  };
  const approving = last ? t("guardian.proposal.approve.last") : t("guardian.proposal.approve.more");
  return (
    <Confirm
      open
      title={t(`guardian.proposal.${step}.title`, { proposal: proposal.proposal })}
      consequences={
        step === "approve" ? [approving, t("guardian.proposal.approve.record")] : [t("guardian.proposal.cancel.what")]
      }
      action={t(`guardian.proposal.${step}`)}
      onConfirm={run}
      onClose={onClose}
    >
      <ProposalText of={proposal.msg} />
    </Confirm>
  );
}
