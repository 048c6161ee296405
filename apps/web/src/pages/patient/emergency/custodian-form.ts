/** Who keeps shares of the emergency package, as a form has it. */
import { isAddress } from "../sharing/grant-form";

/** What the contract takes: `SetCustodians`. */
const MOST_CUSTODIANS = 8;

export type CustodianProblem = "none" | "address" | "twice" | "many" | "threshold";

export function custodiansIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((one) => one !== "");
}

export function custodianProblem(text: string, threshold: string, prefix: string): CustodianProblem | undefined {
  const named = custodiansIn(text);
  if (named.length === 0) return "none";
  if (named.some((one) => !isAddress(one, prefix))) return "address";
  if (new Set(named).size !== named.length) return "twice";
  if (named.length > MOST_CUSTODIANS) return "many";
  const needed = /^\d{1,2}$/.test(threshold.trim()) ? Number(threshold) : 0;
  return needed >= 1 && needed <= named.length ? undefined : "threshold";
}
