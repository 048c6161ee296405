/** For whom a plan is encrypted besides its patient and its author, to be shown before it is signed. */
import type { Readers as Told } from "@cw-vitals/client/plans";

export interface Readers {
  /** Those who may read it and published a recipient. */
  accounts: string[];
  /** Those who may read it and published none: they cannot open it. */
  without: string[];
}

/** Whom consent named, but for those who read it anyway. */
export function besides(own: readonly string[], { recipients, without }: Told): Readers {
  const others = (accounts: Iterable<string>) => [...accounts].filter((account) => !own.includes(account));
  return { accounts: others(recipients.keys()), without: others(without) };
}
