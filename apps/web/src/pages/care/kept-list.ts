/** What a browser keeps of the patients somebody looks after. */
import { isRecordNumber } from "../../data/record-number";

export interface Kept {
  /** Taken on: whoever is found besides is new. */
  added: string[];
  hidden: string[];
  /** Names given here, by patient. */
  names: Record<string, string>;
}

export const NOTHING_KEPT: Kept = { added: [], hidden: [], names: {} };

export interface Listed {
  patients: string[];
  /** Found, and neither taken on nor taken off. */
  fresh: string[];
}

/** Whoever was taken on stays, found or not: nobody else can fill the list, nor push somebody off it. */
export function listed(found: readonly string[], { added, hidden }: Kept): Listed {
  const isHidden = (patient: string) => hidden.includes(patient);
  return {
    patients: added.filter((patient) => !isHidden(patient)),
    fresh: found.filter((patient) => !isHidden(patient) && !added.includes(patient)),
  };
}

/** Who was given a name is known. */
export function named(before: Kept, patient: string, name: string): Kept {
  return { ...takenOn(before, patient), names: { ...before.names, [patient]: name } };
}

export function takenOn({ added, hidden, names }: Kept, patient: string): Kept {
  return { added: [...new Set([...added, patient])], hidden: hidden.filter((one) => one !== patient), names };
}

export function takenOff({ added, hidden, names }: Kept, patient: string): Kept {
  return { added: added.filter((one) => one !== patient), hidden: [...new Set([...hidden, patient])], names };
}

/** A patient's number as a person types it: grouped by spaces or not, below 2^64. */
export function patientNumber(typed: string): string | undefined {
  const digits = typed.replace(/[\s.,’']/g, "");
  if (!isRecordNumber(digits)) return undefined;
  return BigInt(digits) < 2n ** 64n ? digits : undefined;
}
