import { type ChainData, useChain } from "../../data/chain";
import { useSession } from "../../session/useSession";
import { type InCare, loadInCare } from "./in-care";

export function useInCare(patient: string): ChainData<InCare> {
  const { address } = useSession();
  return useChain(["in-care", patient], (vitals) => loadInCare(vitals, patient, address), {
    patient,
    contracts: ["consent", "care"],
  });
}

/** Of all patients on the list, in its order. */
export function useAllInCare(patients: readonly string[]): ChainData<InCare[]> {
  const { address } = useSession();
  return useChain(
    ["in-care", "all", ...patients],
    (vitals) => Promise.all(patients.map((patient) => loadInCare(vitals, patient, address))),
    { contracts: ["consent", "care"], enabled: patients.length > 0 },
  );
}
