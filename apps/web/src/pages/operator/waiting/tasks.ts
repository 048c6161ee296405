/** What anyone may call once its time has come: what `vitals keeper` would call. The contracts check every call. */
import { type ContractCall, careCalls, claimsCalls, consentCalls } from "@cw-vitals/client";
import type { AlertInfo } from "@cw-vitals/client/care";
import type { ClaimInfo, OwedInfo, PolicyInfo } from "@cw-vitals/client/claims";
import type { EmergencyInfo, RecoveryInfo } from "@cw-vitals/client/consent";

export type TaskKind =
  | "escalate"
  | "end_emergency"
  | "complete_recovery"
  | "withdraw_offer"
  | "lapse"
  | "settle"
  | "expire"
  | "reclaim_unclaimed";

export interface Task {
  kind: TaskKind;
  /** What it is about, for words. */
  about: Readonly<Record<string, string>>;
  /** Since when it could be called, seconds; absent where the chain does not say. */
  since?: number;
  call: ContractCall;
}

export const keyOf = ({ kind, about }: Task): string => `${kind}/${Object.values(about).join("/")}`;

export interface Review {
  patient: string;
  emergency: string;
  /** First second at which it is overdue. */
  reviewBy: number;
  overdue: boolean;
}

export function ofAlert(alert: AlertInfo, now: number): Task[] {
  const { state, escalates_at } = alert;
  if (state !== "open" || escalates_at == null || escalates_at > now) return [];
  return [
    {
      kind: "escalate",
      about: { alert: alert.alert, patient: alert.patient },
      since: escalates_at,
      call: careCalls.escalate({ alert: alert.alert }),
    },
  ];
}

/** Whether an alert never will be due any more. */
export const isAlertSettled = ({ state, escalates_at }: AlertInfo): boolean => state !== "open" || escalates_at == null;

const OVER: readonly PolicyInfo["state"][] = ["withdrawn", "exhausted", "expired"];
export const isPolicySettled = ({ state }: PolicyInfo): boolean => OVER.includes(state);

export function ofPolicy({ policy, state, claims_open, offered_until, file_until, next_due }: PolicyInfo): Task[] {
  if (state === "offer_over") {
    return [
      {
        kind: "withdraw_offer",
        about: { policy },
        ...since(offered_until),
        call: claimsCalls.withdrawOffer({ policy }),
      },
    ];
  }
  if (state === "overdue")
    return [{ kind: "lapse", about: { policy }, ...since(next_due), call: claimsCalls.lapse({ policy }) }];
  if (state !== "elapsed" || claims_open > 0) return [];
  return [{ kind: "expire", about: { policy }, ...since(file_until), call: claimsCalls.expire({ policy }) }];
}

export function ofClaim({ policy, claim, state, evidence }: ClaimInfo): Task[] {
  if (state !== "overdue") return [];
  const deadline = "invoice" in evidence ? evidence.invoice.deadline : undefined;
  return [
    {
      kind: "settle",
      about: { policy, claim: String(claim) },
      ...since(deadline),
      call: claimsCalls.settle({ policy, claim }),
    },
  ];
}

const isOver = ({ ended_at, until }: EmergencyInfo, now: number): boolean => ended_at != null || until <= now;

export function ofEmergency(patient: string, info: EmergencyInfo, now: number): Task[] {
  if (info.ended_at != null || !isOver(info, now)) return [];
  const { emergency, until } = info;
  return [
    {
      kind: "end_emergency",
      about: { emergency, patient },
      since: until,
      call: consentCalls.endEmergency({ patient, emergency }),
    },
  ];
}

/** A review takes a person: the patient, or a guardian with the power to revoke. */
export function reviewOf(patient: string, info: EmergencyInfo, now: number): Review[] {
  if (info.review != null || !isOver(info, now)) return [];
  return [{ patient, emergency: info.emergency, reviewBy: info.review_by, overdue: info.review_by <= now }];
}

export function ofRecovery(patient: string, { stage }: RecoveryInfo, now: number): Task[] {
  const ready =
    stage && "waiting" in stage
      ? stage.waiting.ready_at
      : stage && "overriding" in stage
        ? stage.overriding.ready_at
        : undefined;
  if (ready === undefined || ready > now) return [];
  return [
    { kind: "complete_recovery", about: { patient }, since: ready, call: consentCalls.completeRecovery({ patient }) },
  ];
}

export function ofOwed(product: string, account: string, { reclaimable_from }: OwedInfo, now: number): Task[] {
  if (reclaimable_from == null || reclaimable_from > now) return [];
  return [
    {
      kind: "reclaim_unclaimed",
      about: { product, account },
      since: reclaimable_from,
      call: claimsCalls.reclaimUnclaimed({ product, account }),
    },
  ];
}

function since(seconds: number | null | undefined): { since?: number } {
  return seconds ? { since: seconds } : {};
}
