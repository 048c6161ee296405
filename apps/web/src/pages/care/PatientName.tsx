import { useT } from "../../i18n";
import { useFollowed } from "./followed";

/** The name given here, with the number that everybody else knows; the number alone where none was given. */
export function usePatientName(): (patient: string) => string {
  const t = useT();
  const { nameOf } = useFollowed();
  return (patient) => nameOf(patient) || t("care.patient", { patient });
}

export function PatientName({ of }: { of: string }) {
  return <>{usePatientName()(of)}</>;
}
