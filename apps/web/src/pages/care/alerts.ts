/** Alerts in the order in which somebody should look at them. */
import type { AlertInfo } from "@cw-vitals/client/care";
import type { Capacity } from "./ground";

export type Waiting = "emergency" | "overdue" | "open" | "acknowledged" | "resolved";

const ORDER: readonly Waiting[] = ["emergency", "overdue", "open", "acknowledged", "resolved"];

/** How an alert stands: open in the emergency tier, past the time of its tier, open, taken on, ended. */
export function waiting(alert: AlertInfo, nowS: number): Waiting {
  if (alert.state !== "open") return alert.state;
  if (alert.in_emergency_tier) return "emergency";
  return isOverdue(alert, nowS) ? "overdue" : "open";
}

/** The next tier may be called, by anybody. */
export function isOverdue(alert: AlertInfo, nowS: number): boolean {
  return alert.state === "open" && alert.escalates_at != null && nowS >= alert.escalates_at;
}

/** The most urgent first, of equals the one that waits longest; what is resolved last, the newest first. */
export function byUrgency(alerts: readonly AlertInfo[], nowS: number): AlertInfo[] {
  const rank = (alert: AlertInfo) => ORDER.indexOf(waiting(alert, nowS));
  return [...alerts].sort((a, b) => rank(a) - rank(b) || (a.state === "resolved" ? newest(a, b) : -newest(a, b)));
}

function newest(a: AlertInfo, b: AlertInfo): number {
  return b.raised_at - a.raised_at || (BigInt(b.alert) > BigInt(a.alert) ? 1 : -1);
}

export const isOpen = (alert: AlertInfo) => alert.state === "open";
export const isUnresolved = (alert: AlertInfo) => alert.state !== "resolved";

/** Seconds until the next tier may be called; 0 once it may, `undefined` where there is none to call. */
export function secondsLeft(alert: AlertInfo, nowS: number): number | undefined {
  if (alert.state !== "open" || alert.escalates_at == null) return undefined;
  return Math.max(0, alert.escalates_at - nowS);
}

export interface ResponseTimes {
  /** Alerts that were answered. */
  answered: number;
  /** Seconds from the alert to the first acknowledgement. */
  median: number;
  slowest: number;
}

/** Of what was answered; nothing where nothing was. */
export function responseTimes(alerts: readonly AlertInfo[]): ResponseTimes | undefined {
  const after = alerts.flatMap(({ acknowledged_after_s: s }) => (s == null ? [] : [s])).sort((a, b) => a - b);
  const slowest = after.at(-1);
  if (slowest === undefined) return undefined;
  const middle = after.length >> 1;
  const upper = after[middle] as number;
  const median = after.length % 2 ? upper : ((after[middle - 1] as number) + upper) / 2;
  return { answered: after.length, median, slowest };
}

export type AlertAction = "acknowledge" | "take_over" | "resolve" | "escalate";

/** As the contract has it: what it would refuse is not offered. */
export function actionsFor(alert: AlertInfo, me: string, capacity: Capacity, nowS: number): AlertAction[] {
  if (alert.state === "resolved") return [];
  if (alert.state === "open") return isOverdue(alert, nowS) ? ["acknowledge", "escalate"] : ["acknowledge"];
  const mine = alert.acknowledged_by === me;
  if (mine) return ["resolve"];
  return capacity === "patient" ? ["take_over", "resolve"] : ["take_over"];
}
