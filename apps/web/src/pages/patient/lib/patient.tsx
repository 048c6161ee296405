import type * as consent from "@cw-vitals/client/consent";
import { createContext, useContext } from "react";
import { type ChainData, useChain } from "../../../data/chain";

/** The patient whose pages these are. */
export interface Me {
  patient: string;
  /** The patient's record, as the chain last told it. */
  info: ChainData<consent.PatientInfo>;
}

const Context = createContext<Me | undefined>(undefined);
export const PatientProvider = Context.Provider;

/** Within `PatientGate`. */
export function usePatient(): Me {
  const me = useContext(Context);
  if (!me) throw new Error("usePatient outside of PatientGate");
  return me;
}

export function usePatientInfo(patient: string, enabled: boolean): ChainData<consent.PatientInfo> {
  return useChain(["consent.patient", patient], (vitals) => vitals.consent.patient({ patient }), {
    patient,
    contracts: ["consent"],
    enabled,
  });
}
