import { useT } from "../../i18n";
import { ButtonLink } from "../../ui/Button";
import { Notice } from "../../ui/State";
import { Address } from "../../ui/Text";
import { AlertCard } from "../care/AlertCard";
import { PatientName } from "../care/PatientName";
import { EmergencyReview } from "./EmergencyReview";
import type { Duty, InCare } from "./in-care";
import { PlanToAcknowledge } from "./PlanToAcknowledge";
import { ProposalCard } from "./ProposalCard";
import { CompleteRecovery, VoteFor } from "./RecoveryActions";

interface DutyListProps {
  of: InCare;
  duties: readonly Duty[];
  /** With the patient's name before each. */
  named?: boolean;
}

/** What waits, each with the button that does it. */
export function DutyList({ of, duties, named }: DutyListProps) {
  return (
    <>
      {duties.map((duty) => (
        <OneDuty key={keyOf(duty)} of={of} duty={duty} named={named ?? false} />
      ))}
    </>
  );
}

function keyOf(duty: Duty): string {
  if (duty.kind === "alert") return `alert-${duty.alert.alert}`;
  if (duty.kind === "proposal") return `proposal-${duty.proposal.proposal}`;
  if (duty.kind === "review") return `review-${duty.emergency.emergency}`;
  return duty.kind === "plan" ? "plan" : `${duty.kind}-${duty.account}`;
}

function OneDuty({ of, duty, named }: { of: InCare; duty: Duty; named: boolean }) {
  const t = useT();
  const patient = of.patient.patient;
  const at = `/guardian/patients/${patient}`;
  const who = named && (
    <p className="muted">
      <PatientName of={patient} />
    </p>
  );
  if (duty.kind === "alert")
    return <AlertCard alert={duty.alert} capacity="guardian" {...(named ? { patientAt: at } : {})} />;
  if (duty.kind === "proposal") return <ProposalCard of={of} proposal={duty.proposal} head={who} />;
  if (duty.kind === "review") return <EmergencyReview patient={patient} emergency={duty.emergency} head={who} />;
  if (duty.kind === "plan") return <PlanToAcknowledge patient={patient} plan={duty.plan} head={who} />;
  const complete = duty.kind === "complete";
  return (
    <Notice
      level="warning"
      title={t(`guardian.duty.${duty.kind}`)}
      actions={
        <>
          {complete ? <CompleteRecovery patient={patient} /> : <VoteFor patient={patient} account={duty.account} />}
          <ButtonLink to={`${at}?tab=recovery`}>{t("guardian.duty.more")}</ButtonLink>
        </>
      }
    >
      {who}
      <p>
        {t("guardian.duty.account")} <Address of={duty.account} whole />
      </p>
    </Notice>
  );
}
