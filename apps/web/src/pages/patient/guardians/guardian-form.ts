/** Appointing a guardian: what a person fills in, and the message it makes. */
import type * as consent from "@cw-vitals/client/consent";
import { dateEnd, secondsOf } from "../lib/time";
import { isAddress } from "../sharing/grant-form";

export const POWERS = [
  "read",
  "grant",
  "revoke",
  "acknowledge",
  "claim",
  "recover",
] as const satisfies readonly consent.Power[];

export interface GuardianForm {
  guardian: string;
  powers: consent.Power[];
  /** Local date: the last day. */
  until: string;
}

export type GuardianProblem = "guardian" | "self" | "powers" | "until" | "past";

/** Contracts take no date past the year 9999. */
const LAST_SECOND = 253_402_300_800;

export function guardianProblems(
  form: GuardianForm,
  here: { now: number; timeZone: string; prefix: string; self: string },
): Set<GuardianProblem> {
  const found = new Set<GuardianProblem>();
  const guardian = form.guardian.trim();
  if (!isAddress(guardian, here.prefix)) found.add("guardian");
  else if (guardian === here.self) found.add("self");
  if (form.powers.length === 0) found.add("powers");
  const until = dateEnd(form.until, here.timeZone);
  if (until === undefined || secondsOf(until) >= LAST_SECOND) found.add("until");
  else if (until <= here.now) found.add("past");
  return found;
}

export function appointment(
  form: GuardianForm,
  patient: string,
  timeZone: string,
): consent.ExecuteMsgs["appoint_guardian"] {
  return {
    guardian: form.guardian.trim(),
    patient,
    powers: POWERS.filter((power) => form.powers.includes(power)),
    until: secondsOf(dateEnd(form.until, timeZone) ?? 0),
  };
}

/** Guardians who have a power now, or will have that to recover: a quorum takes at most as many. */
export function holders(guardians: readonly consent.NamedGuardian[], power: consent.Power, nowS: number): number {
  return guardians.filter(({ info }) => {
    if (power !== "recover") return info.live && info.powers.includes(power);
    return info.recovers_until != null && nowS < info.recovers_until;
  }).length;
}
