/** A decision on an invoice, from what a form has. */
export type Choice = "all" | "part" | "none";

export interface Decided {
  choice: Choice;
  /** What was typed, in smallest units. */
  part: string | undefined;
  claimed: string;
  least: string;
  reason: string;
  /** The arbiter gives a reason whatever is awarded. */
  reasonAlways: boolean;
}

export type Wrong = "part" | "part_least" | "reason";

/** The award, or the first thing that is wrong; the contract checks it again. */
export function decision({
  choice,
  part,
  claimed,
  least,
  reason,
  reasonAlways,
}: Decided): { award: string } | { wrong: Wrong } {
  const award = choice === "all" ? claimed : choice === "none" ? "0" : part;
  if (award === undefined) return { wrong: "part" };
  if (choice === "part" && (BigInt(award) === 0n || BigInt(award) > BigInt(claimed))) return { wrong: "part" };
  if (BigInt(award) < BigInt(least)) return { wrong: "part_least" };
  if (reason.trim() === "" && (reasonAlways || BigInt(award) < BigInt(claimed))) return { wrong: "reason" };
  return { award };
}
