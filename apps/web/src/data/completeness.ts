/** How complete what was read of some measures is: one rule for whatever judges, counts or signs by readings. */
import type { BatchInfo } from "@cw-vitals/client/anchor";
import type { Measure } from "./measures";

/**
 * `whole`: all that the chain points to was opened and verified. `opening`: it is not known yet what there is, or not
 * all of it is opened. `partial`: something could not be opened or is not genuine. `unread`: the reading was refused,
 * stopped or failed. `stale`: from earlier, and what came since cannot be asked for.
 *
 * Only of what is `whole` may be said that something is not there, is within a limit, or adds up to a number.
 */
export type Completeness = "whole" | "opening" | "partial" | "unread" | "stale";

type Batch = Pick<BatchInfo, "measures" | "last_at_ms">;

/** What is known of a reading; `Readings` is one. */
export interface ReadParts {
  /** What is shown is from earlier, and the chain cannot be asked. */
  away: boolean;
  /** Why the reading did not come to its end. */
  error: unknown;
  failures: readonly { info: Batch }[];
  /** Batches that there are and that are not opened yet; absent until it is known which there are. */
  awaited: readonly Batch[] | undefined;
}

export function completenessOf(of: ReadParts, measures: readonly Measure[]): Completeness {
  if (of.away) return "stale";
  if (of.error !== undefined) return "unread";
  if (!of.awaited || of.awaited.some((batch) => holdsAny(batch, measures))) return "opening";
  return of.failures.some(({ info }) => holdsAny(info, measures)) ? "partial" : "whole";
}

/** Something may have been measured after a time that is not opened: what was read last is then not the latest. */
export function newerUnopened(of: ReadParts, measure: Measure, atMs: number): boolean {
  if (!of.awaited) return true;
  const unopened = [...of.awaited, ...of.failures.map(({ info }) => info)];
  return unopened.some((batch) => batch.last_at_ms > atMs && holdsAny(batch, [measure]));
}

const ORDER: readonly Completeness[] = ["stale", "unread", "opening", "partial", "whole"];

/** Of several readings together: as complete as the least of them. Of none nothing was read. */
export function leastOf(all: readonly Completeness[]): Completeness {
  return ORDER.find((one) => all.includes(one)) ?? "unread";
}

const holdsAny = (batch: Batch, measures: readonly Measure[]) =>
  measures.some((measure) => batch.measures.includes(measure));
