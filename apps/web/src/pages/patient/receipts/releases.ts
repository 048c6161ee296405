/** What all vaults released, as one list, and what is wrong with their logs. */
import type { VitalsError } from "@cw-vitals/client";
import type { Release } from "@cw-vitals/client/core";
import type { VaultLog } from "@cw-vitals/client/receipts";
import type { Level } from "../../../ui/State";

export type Told = VaultLog | { readonly vault: string; readonly error: VitalsError };
export type SeenRelease = Release & { vault: string };

export const isLog = (told: Told): told is VaultLog => !("error" in told);

/** Newest first; of one second, the later one of a vault first. */
export function releases(told: readonly Told[]): SeenRelease[] {
  const all = told.filter(isLog).flatMap(({ vault, releases: own }) => own.map((release) => ({ ...release, vault })));
  return all.sort((a, b) => b.at - a.at || a.vault.localeCompare(b.vault) || b.index - a.index);
}

/** Leaves out what the patient's own account opened. */
export function ofOthers(all: readonly SeenRelease[], self: string): SeenRelease[] {
  return all.filter(({ who }) => who !== self);
}

export const PROOF_LEVEL: Record<Release["proof"], Level> = {
  proved: "good",
  not_anchored: "waiting",
  wrong: "danger",
};

export interface LogTrouble {
  vault: string;
  /** Receipts whose proof does not hold. */
  wrong: number;
  /** Receipts that the chain knows of and the vault does not show. */
  withheld: number;
}

/** Vaults that do not tell the whole truth. */
export function troubles(told: readonly Told[]): LogTrouble[] {
  return told
    .filter(isLog)
    .map(({ vault, withheld, releases: own }) => ({
      vault,
      withheld,
      wrong: own.filter(({ proof }) => proof === "wrong").length,
    }))
    .filter(({ wrong, withheld }) => wrong > 0 || withheld > 0);
}

/** Accounts that anchored receipts although no vault known here is theirs. */
export function unknownVaults(told: readonly Told[], anchored: readonly string[]): string[] {
  const known = new Set(told.filter(isLog).flatMap(({ account }) => account ?? []));
  // a vault that does not answer may be any of them
  return told.some((one) => !isLog(one)) ? [] : anchored.filter((account) => !known.has(account));
}
