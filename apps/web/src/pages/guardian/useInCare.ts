import { type ChainData, useChain } from "../../data/chain";
import { useSession } from "../../session/useSession";
import { type InCare, type Looked, loadInCare, lookAfter } from "./in-care";

export function useInCare(patient: string): ChainData<InCare> {
  const { address } = useSession();
  return useChain(["in-care", patient], (vitals) => loadInCare(vitals, patient, address), {
    patient,
    contracts: ["consent", "care"],
  });
}

/** Of all these patients, in their order. */
export function useAllInCare(patients: readonly string[]): ChainData<Looked[]> {
  const { address } = useSession();
  return useChain(["looked-after", ...patients], (vitals) => lookAfter(vitals, patients, address), {
    contracts: ["consent", "care"],
    enabled: patients.length > 0,
  });
}
