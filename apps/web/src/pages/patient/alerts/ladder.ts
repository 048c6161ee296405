/** Who is called about an alert, tier after tier, as a form has it. */
import type * as care from "@cw-vitals/client/care";
import { readDecimal, typedDecimal } from "../../../data/decimal";
import { isAddress } from "../sharing/grant-form";

export interface TierForm {
  /** Addresses, one a line. */
  responders: string;
  minutes: string;
}

export interface LadderForm {
  tiers: TierForm[];
  endsInEmergency: boolean;
}

export type TierProblem = "none" | "address" | "twice" | "many" | "minutes";

/** What the contract takes: `SetLadder`. */
export const MOST_TIERS = 4;
const MOST_RESPONDERS = 8;
const DAY_MINUTES = 1440;

export function ladderForm(ladder: care.LadderInfo | null, locale: string): LadderForm {
  if (!ladder) return { tiers: [{ responders: "", minutes: "5" }], endsInEmergency: false };
  const tiers = ladder.tiers.map((tier) => ({
    responders: tier.responders.join("\n"),
    minutes: typedDecimal(String(tier.within_s / 60), locale),
  }));
  return { tiers, endsInEmergency: ladder.ends_in_emergency };
}

const addressesOf = (tier: TierForm) => tier.responders.split(/[\s,;]+/).filter((one) => one !== "");

/** What a form is read by. */
export interface Reading {
  locale: string;
  /** Of addresses. */
  prefix: string;
  /** What the contract was made with (`min_tier_s`). */
  leastSeconds: number;
}

export function tierProblem(tier: TierForm, { locale, prefix, leastSeconds }: Reading): TierProblem | undefined {
  const addresses = addressesOf(tier);
  if (addresses.length === 0) return "none";
  if (addresses.some((one) => !isAddress(one, prefix))) return "address";
  if (new Set(addresses).size !== addresses.length) return "twice";
  if (addresses.length > MOST_RESPONDERS) return "many";
  const minutes = minutesOf(tier, locale);
  if (minutes === undefined || minutes * 60 < leastSeconds || minutes > DAY_MINUTES) return "minutes";
  return undefined;
}

function minutesOf(tier: TierForm, locale: string): number | undefined {
  const seconds = Number(readDecimal(tier.minutes, locale).text) * 60;
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds / 60 : undefined;
}

/** The message's tiers, of a form without problems. */
export function tiersOf(form: LadderForm, locale: string): care.TierMsg[] {
  return form.tiers.map((tier) => ({ responders: addressesOf(tier), within_s: (minutesOf(tier, locale) ?? 0) * 60 }));
}
