/**
 * A request for access. The chain has no message for one: whoever asks gives the patient a link, and
 * the link opens the patient's own form for a grant, filled in: `#/patient/sharing/new?account=…`.
 *
 * Nothing in a link is believed: the form shows what would be granted to whom, and the patient decides.
 */

import type { Action, Party, Purpose } from "@cw-vitals/client/consent";
import { CATEGORIES, type Category } from "./measures";
import { isRecordNumber } from "./record-number";

export const REQUEST_PATH = "/patient/sharing/new";
export const NOTE_LENGTH = 140;
/** Days back and ahead that a link can ask for: 100 years, far inside of what the contract takes. */
const MOST_DAYS = 36_500;

export const PURPOSES = ["TREAT", "ETREAT", "HPAYMT", "HRESCH", "FAMRQT"] as const satisfies readonly Purpose[];
export const ACTIONS = [
  "read",
  "disclose",
  "seal",
  "receive_alerts",
  "write_plan",
] as const satisfies readonly Action[];

export interface AccessRequest {
  grantee: Party;
  purposes: Purpose[];
  categories: Category[];
  actions: Action[];
  /** Days of readings before today that it reaches. */
  back: number;
  /** Days from today that it holds. */
  days: number;
  /** What whoever asks says for it: shown as their words. */
  note?: string;
}

/** The query of the link, without `?`. */
export function requestQuery(request: AccessRequest): string {
  const query = new URLSearchParams();
  if ("account" in request.grantee) query.set("account", request.grantee.account);
  else query.set("team", request.grantee.team);
  query.set("purposes", request.purposes.join(","));
  query.set("categories", request.categories.join(","));
  query.set("actions", request.actions.join(","));
  query.set("back", String(request.back));
  query.set("days", String(request.days));
  if (request.note) query.set("note", request.note);
  return query.toString();
}

/** The whole link, at the address the app is served from (`location.href`). */
export function requestLink(request: AccessRequest, here: string): string {
  const url = new URL(here);
  url.hash = `${REQUEST_PATH}?${requestQuery(request)}`;
  return url.href;
}

/** What a link asks for; what it does not say, or says wrongly, is absent: the form then asks. */
export function readRequest(query: URLSearchParams): Partial<AccessRequest> {
  const grantee = granteeIn(query);
  const note = query.get("note")?.trim().slice(0, NOTE_LENGTH);
  return present({
    grantee,
    purposes: listed(query, "purposes", PURPOSES),
    categories: listed(query, "categories", CATEGORIES),
    actions: listed(query, "actions", ACTIONS),
    back: days(query, "back", 0),
    days: days(query, "days", 1),
    note: note || undefined,
  });
}

function granteeIn(query: URLSearchParams): Party | undefined {
  const account = query.get("account");
  const team = query.get("team");
  if (account && !team && /^[a-z0-9]{1,90}$/.test(account)) return { account };
  if (team && !account && isRecordNumber(team)) return { team };
  return undefined;
}

function listed<Value extends string>(
  query: URLSearchParams,
  name: string,
  known: readonly Value[],
): Value[] | undefined {
  const named = new Set(query.get(name)?.split(","));
  const found = known.filter((value) => named.has(value));
  return found.length > 0 ? found : undefined;
}

function days(query: URLSearchParams, name: string, least: number): number | undefined {
  const text = query.get(name) ?? "";
  const count = /^\d{1,6}$/.test(text) ? Number(text) : undefined;
  return count !== undefined && count >= least && count <= MOST_DAYS ? count : undefined;
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function present<T extends object>(all: T): Present<T> {
  const there = Object.entries(all).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as Present<T>;
}
