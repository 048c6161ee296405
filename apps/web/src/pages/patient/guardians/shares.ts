/** Shares of what opens the backups: one for each guardian, and some on paper. */
import type { Vitals } from "@cw-vitals/client";
import type { KeyAgent } from "@cw-vitals/client/keys";

export interface MadeShare {
  /** `vitals-share1…`: whoever has enough of these opens every backup. */
  line: string;
  guardian?: string;
  /** To the guardian's published recipient; absent where there is none, and the line itself is handed over. */
  sealed?: Uint8Array;
}

/** Shares there may be: docs/adr/0011-shares-of-secrets.md. */
const MOST_SHARES = 16;

export type SharesProblem = "printed" | "few" | "threshold";

export function sharesProblem(threshold: string, printed: string, guardians: number): SharesProblem | undefined {
  const papers = wholeNumber(printed);
  if (papers === undefined) return "printed";
  const all = guardians + papers;
  if (all < 2 || all > MOST_SHARES) return "few";
  const needed = wholeNumber(threshold);
  return needed !== undefined && needed >= 2 && needed <= all ? undefined : "threshold";
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,2}$/.test(text.trim()) ? Number(text) : undefined;
}

interface Wanted {
  threshold: number;
  guardians: readonly string[];
  printed: number;
}

/** New shares: those of an earlier making open only backups of then. */
export async function makeShares(
  vitals: Vitals,
  agent: KeyAgent,
  { threshold, guardians, printed }: Wanted,
): Promise<MadeShare[]> {
  const { inCore, sealTo } = await import("@cw-vitals/client/core");
  const recipients = await Promise.all(
    guardians.map(async (account) => (await vitals.consent.recipient({ account })).recipient),
  );
  const lines = await agent.recoveryShares(threshold, guardians.length + printed);
  return lines.map((line, place) => {
    const guardian = guardians[place];
    const recipient = recipients[place];
    if (guardian === undefined) return { line };
    if (!recipient) return { line, guardian };
    return { line, guardian, sealed: inCore(() => sealTo([recipient], new TextEncoder().encode(line))) };
  });
}
