/** A form filled in by a link that somebody made who asks for access. Nothing in it is believed. */
import type { AccessRequest } from "../../../data/access-request";
import { DAY_MS, dateText } from "../lib/time";
import { type GrantForm, OCCASION, OCCASIONS, withOccasion } from "./grant-form";

export function formOfRequest(
  request: Partial<AccessRequest>,
  empty: GrantForm,
  now: number,
  timeZone: string,
): GrantForm {
  const { grantee, purposes, categories, actions, back, days } = request;
  const sealing = actions?.includes("seal") ?? false;
  const occasion = sealing ? "gateway" : OCCASIONS.find((one) => purposes?.includes(OCCASION[one].purpose));
  const form = occasion ? withOccasion(empty, occasion) : empty;
  return {
    ...form,
    ...(grantee && "account" in grantee && { to: "account" as const, account: grantee.account }),
    ...(grantee && "team" in grantee && !sealing && { to: "team" as const, team: grantee.team }),
    ...(categories && { categories }),
    ...(actions && { actions: OCCASION[form.occasion].optional.filter((action) => actions.includes(action)) }),
    ...(back !== undefined && { from: dateText(Math.max(0, now - back * DAY_MS), timeZone) }),
    ...(days !== undefined && { until: dateText(now + days * DAY_MS, timeZone) }),
    ...(sealing && days === undefined && { until: dateText(now + 365 * DAY_MS, timeZone) }),
  };
}
