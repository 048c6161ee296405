// Generated from schema/ by `npm run generate`; do not edit.

import type { OneOf, Queried } from "../contract.js";
import type { AdminInfo, AdminMsg, Binary, Category, GroundRef, Uint64, Window } from "./shared.js";

// care: `care`

export interface AdherenceInfo {
  by: string;
  digest: Binary;
  period: Window;
  plan: number;
  recorded_at: number;
  /** From 1. */
  report: number;
}

/** A pointer to an encrypted report of doses taken against a plan's schedule. */
export interface AdherenceMsg {
  /** SHA-256 of the encrypted report, 32 bytes. */
  digest: Binary;
  /** Measured epochs it is over. */
  period: Window;
  /** Version of the plan it holds the doses against. */
  plan: number;
}

export interface AdherencePage {
  reports: AdherenceInfo[];
}

/** An alert tells either of what a device found or of an emergency; what is the other's is absent. */
export interface AlertInfo {
  /** Response times, seconds from `raised_at`. */
  acknowledged_after_s?: number | null;
  /** When somebody first took it on. */
  acknowledged_at?: number | null;
  /** Who has it now. */
  acknowledged_by?: string | null;
  alert: Uint64;
  /** What the device signed as its time; block time for an emergency. */
  at_ms: number;
  device?: Uint64 | null;
  /** SHA-256 of the encrypted detail of the first notice. */
  digest?: Binary | null;
  /** Consent's number of the emergency. */
  emergency?: Uint64 | null;
  /** When the next tier may be called; absent on the last and once acknowledged. */
  escalates_at?: number | null;
  /**
   * The alert of the same device and rule that was acknowledged, and that nobody had resolved when this one was
   * raised.
   */
  follows?: Uint64 | null;
  /** The tier called last is the ladder's emergency tier. */
  in_emergency_tier: boolean;
  /** Notices it stands for: a storm is one alert with a count. */
  notices: number;
  patient: Uint64;
  raised_at: number;
  resolved_after_s?: number | null;
  resolved_at?: number | null;
  /**
   * Of the tier called last; those of the tiers before it may acknowledge too. Empty where the patient has no
   * ladder.
   */
  responders: string[];
  rule?: number | null;
  state: AlertState;
  /** When who has it now took it over from another. */
  taken_over_at?: number | null;
  /** Tier called last, from 0, and when. */
  tier: number;
  tier_called_at: number;
}

export type AlertState = "open" | "acknowledged" | "resolved";

export interface AlertsPage {
  alerts: AlertInfo[];
}

export interface ConfigInfo {
  consent: string;
  cooldown_s: number;
  deployment_id: Binary;
  min_tier_s: number;
  registry: string;
  reopens_after_s: number;
}

/** What happened. */
export type ConsentHookMsg =
  /** A responder opened an emergency; the patient and its guardians are to be told. */
  | {
    emergency_opened: {
      /** Its number among the patient's. */
      emergency: Uint64;
      patient: Uint64;
      responder: string;
      /** First second it no longer holds. */
      until: number;
    };
  };

export interface CurrentPlan {
  /** The newest version written, 0 where there is none. */
  newest: number;
  plan?: PlanInfo | null;
}

export interface DeviceAlerts {
  number: Uint64;
}

export interface LadderInfo {
  ends_in_emergency: boolean;
  tiers: TierMsg[];
}

export interface PlanInfo {
  acknowledged_at?: number | null;
  acknowledged_by?: string | null;
  author: string;
  categories: Category[];
  digest: Binary;
  length: number;
  state: PlanState;
  /** From 1. */
  version: number;
  withdrawn_at?: number | null;
  withdrawn_by?: string | null;
  written_at: number;
}

/**
 * A plan's thresholds, medication schedule and goals are in an age file for those it concerns; the chain holds
 * what proves which file it was.
 */
export interface PlanMsg {
  /** What the plan is about. */
  categories: Category[];
  /** SHA-256 of the encrypted file, 32 bytes. */
  digest: Binary;
  /** Its bytes, padding included. */
  length: number;
}

export type PlanState =
  | "acknowledged" | "withdrawn"
  /** Not acknowledged yet. */
  | "proposed";

export interface PlansPage {
  plans: PlanInfo[];
}

export interface TierMsg {
  responders: string[];
  /** Seconds until the next tier may be called. */
  within_s: number;
}

/** Messages of `care` by name, each with what it carries. */
export interface ExecuteMsgs {
  /** Housekeeping, see `AdminMsg`. */
  admin: AdminMsg;
  /**
   * The patient: who is called, tier after tier, and how long each may take. 1 to 4 tiers of 1 to 8 responders,
   * none twice in a tier, each tier at most a day. `ends_in_emergency` says that the last tier is the emergency
   * services or who calls them. Open alerts keep the version they began on. Fails while paused.
   */
  set_ladder: {
    ends_in_emergency?: boolean;
    ladder: number;
    patient: Uint64;
    tiers: TierMsg[];
  };
  /**
   * The patient, or whoever may seal for the patient by the ground named: raises an alert that a device or
   * gateway paired with the patient signed. The body is an `AlertNotice`. It counts on the latest alert of the
   * same device and rule, whose number is then in the event `alert_counted`, while that is open, for
   * `reopens_after_s` after it was acknowledged if nobody resolves it, and for the cooldown after it was
   * resolved; else a new one's number is in `alert_raised`. A device with 32 unresolved alerts counts on its
   * latest, of whatever rule, in the same way. Never paused. Fails on a bad signature, a pairing other than the
   * one that lasts, a number that is not above the device's last, a time ahead of the block by more than two
   * minutes, before the pairing or after the device was lost, or a ladder the patient did not set. The ground
   * must cover one of the device's categories.
   */
  raise_alert: {
    body: Binary;
    ground: GroundRef;
    signature: Binary;
  };
  /**
   * The patient, a guardian with the power `acknowledge`, or a responder of a tier already called whom the
   * ground named lets receive alerts: takes the alert on, or over from whoever has it. Never paused. Fails on an
   * alert that is resolved or the sender's already, and for the responder who opened the emergency that the
   * alert tells of.
   */
  acknowledge: {
    alert: Uint64;
    ground: GroundRef;
  };
  /**
   * The patient, or who has the alert now, while the ground it was acknowledged on still holds: ends an
   * acknowledged alert. Never paused.
   */
  resolve: {
    alert: Uint64;
  };
  /**
   * Anybody, once a tier's seconds have passed without acknowledgement: calls the next tier, which the event
   * `alert_escalated` names. Never paused. Fails early, and on the last tier.
   */
  escalate: {
    alert: Uint64;
  };
  /**
   * The consent contract: an emergency was opened. Raises an alert of it on the patient's lowest ladder; where
   * the patient set none, an alert without responders, which the patient and guardians can acknowledge. Never
   * paused. Fails on an emergency told before.
   */
  consent_hook: ConsentHookMsg;
  /**
   * A clinician with a live credential, on a grant for treatment that lets write plans over all the plan's
   * categories now: keeps the digest of an encrypted plan as the patient's next version, which is in the event
   * `plan_written`. In force only once acknowledged. `replaces` is the newest version the writer has seen, 0
   * where there is none. Fails while paused, on a version other than the newest, and on a length outside 200
   * bytes to 256 KiB.
   */
  write_plan: {
    ground: GroundRef;
    patient: Uint64;
    plan: PlanMsg;
    replaces: number;
  };
  /**
   * The patient, or a guardian with the power `acknowledge`: accepts a plan, which is in force while it is the
   * newest one accepted and not withdrawn. Never paused. Fails on a plan already acknowledged or withdrawn, and
   * on one older than the plan in force.
   */
  acknowledge_plan: {
    patient: Uint64;
    version: number;
  };
  /**
   * The patient, or the plan's author unless the patient denies it everything: ends a plan for ever; the newest
   * one before it that was acknowledged and not withdrawn is in force again. Never paused. Fails on a plan
   * withdrawn already.
   */
  withdraw_plan: {
    patient: Uint64;
    version: number;
  };
  /**
   * Whoever may write the plan (see `WritePlan`): signs an adherence report off, of which the digest is kept
   * under the number in the event `adherence_recorded`. Fails while paused, on a period that is not over, longer
   * than 366 days or begun before the plan was acknowledged, and one that ends after the plan was withdrawn.
   */
  record_adherence: {
    ground: GroundRef;
    patient: Uint64;
    report: AdherenceMsg;
  };
}

/** Queries of `care` by name, each with what it asks. */
export interface QueryMsgs {
  admin: Record<string, never>;
  config: Record<string, never>;
  /** With its response times. */
  alert: {
    alert: Uint64;
  };
  /** A patient's alerts, oldest first. */
  alerts: {
    limit?: number | null;
    patient: Uint64;
    start_after?: Uint64 | null;
  };
  /** The alert that tells of one of a patient's emergencies. */
  emergency_alert: {
    emergency: Uint64;
    patient: Uint64;
  };
  ladder: {
    ladder: number;
    patient: Uint64;
  };
  /** Number of the last alert a device signed. */
  device: {
    device: Uint64;
  };
  plan: {
    patient: Uint64;
    version: number;
  };
  /** A patient's plans, oldest first, withdrawn ones included. */
  plans: {
    limit?: number | null;
    patient: Uint64;
    start_after?: number | null;
  };
  /** The plan in force, and the version that `WritePlan` must say it replaces. */
  current_plan: {
    patient: Uint64;
  };
  /** A patient's adherence reports, oldest first. */
  adherence: {
    limit?: number | null;
    patient: Uint64;
    start_after?: number | null;
  };
}

/** The answer to each query. */
export interface Responses {
  adherence: AdherencePage;
  admin: AdminInfo;
  alert: AlertInfo;
  alerts: AlertsPage;
  config: ConfigInfo;
  current_plan: CurrentPlan;
  device: DeviceAlerts;
  emergency_alert: AlertInfo;
  ladder: LadderInfo;
  plan: PlanInfo;
  plans: PlansPage;
}

/** One message, as it goes to the contract. */
export type ExecuteMsg = OneOf<ExecuteMsgs>;

/** One query, as it goes to the contract. */
export type QueryMsg = OneOf<QueryMsgs>;

/** Asks `care`; fails as `Queried.smart` does. */
export class CareQueries {
  constructor(
    private readonly node: Queried,
    /** The contract's. */
    readonly address: string,
  ) {}

  admin(): Promise<Responses["admin"]> {
    return this.node.smart(this.address, { admin: {} });
  }

  config(): Promise<Responses["config"]> {
    return this.node.smart(this.address, { config: {} });
  }

  /** With its response times. */
  alert(args: QueryMsgs["alert"]): Promise<Responses["alert"]> {
    return this.node.smart(this.address, { alert: args });
  }

  /** A patient's alerts, oldest first. */
  alerts(args: QueryMsgs["alerts"]): Promise<Responses["alerts"]> {
    return this.node.smart(this.address, { alerts: args });
  }

  /** The alert that tells of one of a patient's emergencies. */
  emergencyAlert(args: QueryMsgs["emergency_alert"]): Promise<Responses["emergency_alert"]> {
    return this.node.smart(this.address, { emergency_alert: args });
  }

  ladder(args: QueryMsgs["ladder"]): Promise<Responses["ladder"]> {
    return this.node.smart(this.address, { ladder: args });
  }

  /** Number of the last alert a device signed. */
  device(args: QueryMsgs["device"]): Promise<Responses["device"]> {
    return this.node.smart(this.address, { device: args });
  }

  plan(args: QueryMsgs["plan"]): Promise<Responses["plan"]> {
    return this.node.smart(this.address, { plan: args });
  }

  /** A patient's plans, oldest first, withdrawn ones included. */
  plans(args: QueryMsgs["plans"]): Promise<Responses["plans"]> {
    return this.node.smart(this.address, { plans: args });
  }

  /** The plan in force, and the version that `WritePlan` must say it replaces. */
  currentPlan(args: QueryMsgs["current_plan"]): Promise<Responses["current_plan"]> {
    return this.node.smart(this.address, { current_plan: args });
  }

  /** A patient's adherence reports, oldest first. */
  adherence(args: QueryMsgs["adherence"]): Promise<Responses["adherence"]> {
    return this.node.smart(this.address, { adherence: args });
  }
}
