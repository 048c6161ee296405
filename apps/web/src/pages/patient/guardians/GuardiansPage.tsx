import { useT } from "../../../i18n";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { usePatient } from "../lib/patient";
import { AppointCard } from "./AppointCard";
import { GuardianList } from "./GuardianList";
import { ProposalList } from "./ProposalList";
import { QuorumCard } from "./QuorumCard";
import { RecoveryNotice } from "./RecoveryNotice";
import { SharesCard } from "./SharesCard";
import { useGuardianship } from "./use-guardians";

/** Who acts for the patient, together or alone, and what happens when the account is lost. */
export function GuardiansPage() {
  const t = useT();
  const { patient } = usePatient();
  const all = useGuardianship(patient);
  return (
    <Page title={t("patient.guardians.title")} lead={t("patient.guardians.lead")}>
      <Loaded of={all} failed={t("patient.guardians.failed")}>
        {({ guardians, quorums, recovery, proposals, timing }) => (
          <div className="stack">
            <RecoveryNotice recovery={recovery} patient={patient} />
            <ProposalList proposals={proposals} patient={patient} />
            <GuardianList guardians={guardians} timing={timing} patient={patient} />
            <AppointCard patient={patient} timing={timing} />
            <QuorumCard guardians={guardians} quorums={quorums} timing={timing} patient={patient} />
            <SharesCard guardians={guardians} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}
