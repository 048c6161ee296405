// Generated from schema/ by `npm run generate`; do not edit.

// Types that more than one contract uses.

export interface AdminInfo {
  owner: string;
  paused: boolean;
  pending_owner?: string | null;
}

/** Housekeeping of a contract. */
export type AdminMsg =
  /** Owner: names the next owner, who must accept; a later proposal replaces an earlier one. */
  | {
    propose_owner: {
      owner: string;
    };
  }
  /** The account proposed: becomes the owner. */
  | {
    accept_owner: Record<string, never>;
  }
  /**
   * Owner: stops new business. Never stops revocation, refunds, alerts, acknowledgement, escalation, claims or
   * payouts.
   */
  | {
    pause: Record<string, never>;
  }
  /** Owner: lets new business go on. */
  | {
    resume: Record<string, never>;
  };

/** How sure it is that a device measured. */
export type Assurance =
  | "self_declared"
  /** A gateway signs for a sensor that cannot. */
  | "gateway"
  /** The maker attests the device. */
  | "maker";

/** Names one batch. */
export interface BatchId {
  category: Category;
  device: Uint64;
  epoch: number;
  patient: Uint64;
  sequence: Uint64;
}

/** Bytes as base64. */
export type Binary = string;

/** A group of measures that is consented to as one. */
export type Category = "cardiac" | "respiratory" | "temperature" | "metabolic" | "activity" | "medication";

/** What a request names as its ground, and what a permission cites. */
export type GroundRef = {
  patient: Record<string, never>;
} | {
  grant: {
    id: number;
  };
} | {
  guardian: Record<string, never>;
} | {
  emergency: {
    id: number;
  };
};

/** A measure's number in binary records. Numbers are never reused. */
export type Measure = "heart_rate" | "oxygen_saturation" | "respiratory_rate" | "body_temperature" | "systolic_pressure" | "diastolic_pressure" | "glucose" | "steps" | "dose_taken";

/** A whole number below 2^64 in decimal: JSON's own numbers end at 2^53. */
export type Uint64 = string;

/** Whole epochs `[from, to)`. */
export interface Window {
  /** First epoch inside. */
  from: number;
  /** First epoch after; above `from`. */
  to: number;
}
