import { useT } from "../../i18n";
import { useSession } from "../../session/useSession";
import { Empty } from "../../ui/Card";
import { EmergencyCard } from "../care/EmergencyCard";
import { EmergencyReview } from "./EmergencyReview";
import { type InCare, isToReview } from "./in-care";

/** Emergencies of the patient, the newest first; those one may judge with the buttons to do it. */
export function EmergenciesTab({ of }: { of: InCare }) {
  const t = useT();
  const { address } = useSession();
  const judges = of.guardian.live && of.guardian.powers.includes("revoke");
  if (of.emergencies.length === 0) return <Empty title={t("guardian.emergencies.none")} />;
  return (
    <>
      {[...of.emergencies]
        .reverse()
        .map((emergency) =>
          judges && isToReview(emergency, address) ? (
            <EmergencyReview key={emergency.emergency} patient={of.patient.patient} emergency={emergency} />
          ) : (
            <EmergencyCard key={emergency.emergency} of={emergency} />
          ),
        )}
    </>
  );
}
