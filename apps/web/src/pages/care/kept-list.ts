/** What a browser keeps of the patients somebody looks after. */
import { isRecordNumber } from "../../data/record-number";

export interface Kept {
  added: string[];
  hidden: string[];
  /** Names given here, by patient. */
  names: Record<string, string>;
}

export const NOTHING_KEPT: Kept = { added: [], hidden: [], names: {} };

/** Those found and those added, each once, without those taken off. */
export function merged(found: readonly string[], { added, hidden }: Kept): string[] {
  return [...new Set([...found, ...added])].filter((patient) => !hidden.includes(patient));
}

/** A patient's number as a person types it: grouped by spaces or not, below 2^64. */
export function patientNumber(typed: string): string | undefined {
  const digits = typed.replace(/[\s.,’']/g, "");
  if (!isRecordNumber(digits)) return undefined;
  return BigInt(digits) < 2n ** 64n ? digits : undefined;
}
