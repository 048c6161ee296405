/** How far a rotation is, from what the agent remembers. */
import type * as consent from "@cw-vitals/client/consent";
import type { AgentState, Skipped } from "@cw-vitals/client/keys";

/** Grants that still let somebody have keys; of some of them the agent may find that nobody may. */
export function keeping(grants: readonly consent.GrantInfo[], nowMs: number): consent.GrantInfo[] {
  const keys = (grant: consent.GrantInfo) => grant.actions.includes("read") || grant.actions.includes("seal");
  return grants.filter((grant) => !grant.revoked && grant.valid_until * 1000 > nowMs && keys(grant));
}

export function rotationProgress(
  memory: AgentState | undefined,
  grants: readonly consent.GrantInfo[],
  nowMs: number,
): { done: number; total: number } {
  const wanted = keeping(grants, nowMs);
  const sealed = wanted.filter(({ grant }) => memory?.rolls[grant]?.generation === memory?.rotating);
  return { done: memory?.rotating == null ? 0 : sealed.length, total: wanted.length };
}

/** What a rotation passed over that somebody should hear of: that who lost access gets no keys is no news. */
export function worthTelling(skipped: readonly Skipped[]): Skipped[] {
  return skipped.filter(({ error }) => !EXPECTED.includes(error.code));
}

const EXPECTED: readonly string[] = ["consent/grant_revoked", "consent/grant_expired"];
