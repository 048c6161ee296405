/** What a person fills in to let somebody see something, and the grant it makes. */

import type * as consent from "@cw-vitals/client/consent";
import { CATEGORIES, type Category } from "../../../data/measures";
import { isRecordNumber } from "../../../data/record-number";
import { DAY_MS, dateEnd, dateStart, dateText, hourOf, secondsOf } from "../lib/time";

type Action = consent.Action;
type Purpose = consent.Purpose;
export type GrantMsg = Omit<consent.GrantMsg, "package">;

/** Why somebody is let in: fixes the purpose and what may be chosen. */
export const OCCASIONS = ["treatment", "family", "insurance", "research", "gateway"] as const;
export type Occasion = (typeof OCCASIONS)[number];

interface OccasionRules {
  purpose: Purpose;
  /** Always part of it. */
  always: readonly Action[];
  /** May be chosen beside. */
  optional: readonly Action[];
}

export const OCCASION: Record<Occasion, OccasionRules> = {
  treatment: { purpose: "TREAT", always: ["read"], optional: ["receive_alerts", "write_plan"] },
  family: { purpose: "FAMRQT", always: ["read"], optional: ["receive_alerts"] },
  insurance: { purpose: "HPAYMT", always: ["read"], optional: ["disclose"] },
  research: { purpose: "HRESCH", always: ["read"], optional: [] },
  gateway: { purpose: "TREAT", always: ["seal"], optional: [] },
};

export interface GrantForm {
  occasion: Occasion;
  /** An account's address, or a team's number. */
  to: "account" | "team";
  account: string;
  team: string;
  categories: Category[];
  /** Of the occasion's optional actions. */
  actions: Action[];
  /** Local dates: first and last day of measurement. */
  from: string;
  until: string;
}

export type GrantProblem =
  | "account"
  | "account_self"
  | "team"
  | "categories"
  | "from"
  | "until"
  | "until_past"
  | "order";

/** Contracts take no date past the year 9999. */
const LAST_SECOND = 253_402_300_800;

export function newForm(now: number, timeZone: string, occasion: Occasion = "treatment"): GrantForm {
  return {
    occasion,
    to: "account",
    account: "",
    team: "",
    categories: [...CATEGORIES],
    actions: occasion === "treatment" ? ["receive_alerts", "write_plan"] : [],
    from: dateText(now, timeZone),
    until: dateText(now + (occasion === "gateway" ? 365 : 90) * DAY_MS, timeZone),
  };
}

/** The form with another occasion: what it does not allow is dropped. */
export function withOccasion(form: GrantForm, occasion: Occasion): GrantForm {
  const { optional } = OCCASION[occasion];
  return {
    ...form,
    occasion,
    to: occasion === "gateway" ? "account" : form.to,
    actions: form.actions.filter((action) => optional.includes(action)),
  };
}

/** What a grant there is was made of, to make a changed one. */
export function formOf(grant: consent.GrantInfo, timeZone: string): GrantForm {
  const purpose = grant.purposes[0] ?? "TREAT";
  const occasion = grant.actions.includes("seal")
    ? "gateway"
    : (OCCASIONS.find((one) => OCCASION[one].purpose === purpose) ?? "treatment");
  const team = "team" in grant.grantee;
  return {
    occasion,
    to: team ? "team" : "account",
    account: "account" in grant.grantee ? grant.grantee.account : "",
    team: "team" in grant.grantee ? grant.grantee.team : "",
    categories: [...grant.categories],
    actions: grant.actions.filter((action) => OCCASION[occasion].optional.includes(action)),
    from: dateText(grant.window.from * 3_600_000, timeZone),
    until: dateText(grant.valid_until * 1000 - 1, timeZone),
  };
}

interface Here {
  now: number;
  timeZone: string;
  /** Of addresses: `wasm`. */
  prefix: string;
  /** Own address. */
  self: string;
}

/** Everything wrong with the form, by field. */
export function problems(form: GrantForm, here: Here): Set<GrantProblem> {
  const found = new Set<GrantProblem>();
  if (form.to === "account" && !isAddress(form.account.trim(), here.prefix)) found.add("account");
  if (form.to === "account" && form.account.trim() === here.self) found.add("account_self");
  if (form.to === "team" && !isRecordNumber(form.team.trim())) found.add("team");
  if (form.categories.length === 0) found.add("categories");
  const from = dateStart(form.from, here.timeZone);
  const until = dateEnd(form.until, here.timeZone);
  if (from === undefined || from < 0) found.add("from");
  if (until === undefined || secondsOf(until) >= LAST_SECOND) found.add("until");
  else if (until <= here.now) found.add("until_past");
  if (from !== undefined && until !== undefined && until <= from) found.add("order");
  return found;
}

/** The form of an address, not whether its checksum is right: the contract says that. */
export function isAddress(text: string, prefix: string): boolean {
  return (
    text.startsWith(`${prefix}1`) && /^[a-z0-9]+$/.test(text) && text.length >= prefix.length + 39 && text.length <= 90
  );
}

/** The grant that a form without problems makes: it is valid as long as its window lasts. */
export function grantOf(form: GrantForm, here: Pick<Here, "timeZone">): GrantMsg {
  const rules = OCCASION[form.occasion];
  const until = dateEnd(form.until, here.timeZone) ?? 0;
  const from = dateStart(form.from, here.timeZone) ?? 0;
  return {
    grantee: form.to === "team" ? { team: form.team.trim() } : { account: form.account.trim() },
    purposes: [rules.purpose],
    categories: CATEGORIES.filter((category) => form.categories.includes(category)),
    actions: [...rules.always, ...form.actions],
    window: { from: hourOf(from), to: Math.ceil(until / 3_600_000) },
    valid_until: secondsOf(until),
  };
}

export type GrantState = "live" | "later" | "over" | "revoked";

export function grantState(
  grant: Pick<consent.GrantInfo, "revoked" | "valid_from" | "valid_until">,
  now: number,
): GrantState {
  if (grant.revoked) return "revoked";
  if (now >= grant.valid_until * 1000) return "over";
  return now < grant.valid_from * 1000 ? "later" : "live";
}

/** Whether it comes with keys: others only let somebody act. */
export const givesKeys = ({ actions }: Pick<consent.GrantInfo, "actions">): boolean =>
  actions.includes("read") || actions.includes("seal");

/** Whether revoking takes new keys: somebody may hold keys to what is measured from now on. */
export function reachesBeyond(grant: Pick<consent.GrantInfo, "actions" | "window" | "revoked">, now: number): boolean {
  const keys = grant.actions.some((action) => action === "read" || action === "disclose" || action === "seal");
  return keys && !grant.revoked && grant.window.to * 3_600_000 > now;
}
