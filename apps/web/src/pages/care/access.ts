/** What the chain lets an account do for a patient now. The contract decides; here is only asked. */
import type { GroundRef, Vitals } from "@cw-vitals/client";
import type { Action, GrantInfo, Purpose } from "@cw-vitals/client/consent";
import { CATEGORIES, type Category } from "../../data/measures";

export const HOUR_MS = 3_600_000;
export const epochOf = (ms: number) => Math.floor(ms / HOUR_MS);

export interface Wanted {
  patient: string;
  who: string;
  action: Action;
  purpose?: Purpose;
  /** The hour it is about, as an epoch. */
  epoch: number;
}

/** On which ground it is permitted for a category; `undefined` where it is refused. */
export async function groundFor(vitals: Vitals, wanted: Wanted, category: Category): Promise<GroundRef | undefined> {
  const { patient, who, action, purpose = "TREAT", epoch } = wanted;
  const window = { from: epoch, to: epoch + 1 };
  const decision = await vitals.consent.decide({ patient, who, action, purpose, category, window });
  return "permit" in decision ? decision.permit.by : undefined;
}

/** The first ground on which it is permitted for any category: alerts ask for one of the device's. */
export async function anyGround(vitals: Vitals, wanted: Wanted): Promise<GroundRef | undefined> {
  for (const category of CATEGORIES) {
    const ground = await groundFor(vitals, wanted, category);
    if (ground) return ground;
  }
  return undefined;
}

/** One ground that permits it for all these categories, as plans ask for; `undefined` where there is none. */
export async function groundForAll(
  vitals: Vitals,
  wanted: Wanted,
  categories: readonly Category[],
): Promise<GroundRef | undefined> {
  const grounds = await Promise.all(categories.map((category) => groundFor(vitals, wanted, category)));
  const [first] = grounds;
  return first && grounds.every((ground) => same(ground, first)) ? first : undefined;
}

export function same(a: GroundRef | undefined, b: GroundRef): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export type Holding = "live" | "not_yet" | "expired" | "revoked";

/** How a grant stands at a second. Whether it permits something is the contract's to say. */
export function holding(grant: Pick<GrantInfo, "revoked" | "valid_from" | "valid_until">, nowS: number): Holding {
  if (grant.revoked) return "revoked";
  if (nowS < grant.valid_from) return "not_yet";
  return nowS < grant.valid_until ? "live" : "expired";
}

/** Whether a grant names the account, or a team it is in. */
export function names(grant: Pick<GrantInfo, "grantee">, account: string, teams: readonly string[]): boolean {
  const { grantee } = grant;
  return "account" in grantee ? grantee.account === account : teams.includes(grantee.team);
}
