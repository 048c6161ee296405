/** What the core answers to insurers: see packages/core-wasm/src/insurer.rs. */
import type { BatchInfo } from "@cw-vitals/client/anchor";
import type { EvidenceMsg, PoolInfo, ProductMsg, Rule, TermsMsg } from "@cw-vitals/client/claims";
import type { PairingInfo } from "@cw-vitals/client/registry";
import type { Measure } from "../data/measures";

export const TEMPLATES = ["heart-episode", "hospital-days", "invoice"] as const;
export type TemplateKind = (typeof TEMPLATES)[number];

/** One row of the core's table of measures. */
export interface MeasureRow {
  code: number;
  name: Measure;
  /** UCUM. */
  unit: string;
  /** Decimal digits of the fixed point. */
  scale: number;
  /** Lowest and highest plausible value, in the unit. */
  low: number;
  high: number;
}

/** Sums in the smallest unit. */
export interface TermsFigures {
  lock: string;
  most_payable: string;
  premiums: string;
  payments: number;
}

/** The terms a claim was paid on. */
export interface Asked {
  rule: Rule;
  models: number[];
  bound_at: number;
}

export interface Exhibit {
  evidence: EvidenceMsg;
  batch: BatchInfo;
  pairing: PairingInfo;
  model: number;
}

export interface JudgedReading {
  /** Place of its batch among the exhibits. */
  exhibit: number;
  index: number;
  measure: Measure;
  /** In the measure's unit. */
  value: number;
  atMs: number;
  simulated: boolean;
  quality: "good" | "questionable" | "poor";
  /** The first term that it does not meet by itself. */
  refused: string | null;
}

export interface JudgedClaim {
  readings: JudgedReading[];
  /** For each exhibit why its proof does not hold. */
  failures: (string | null)[];
  /** Where all readings meet the rule together. */
  window: { from_ms: number; to_ms: number } | null;
  unmet: string | null;
}

export interface StatementAsked {
  /** Address of the contract. */
  claims: string;
  product: string;
  pool: PoolInfo;
  transactions: {
    tx: string;
    height: number;
    /** Block time, seconds. */
    at: number;
    events: { type: string; attributes: [string, string][] }[];
  }[];
  /** Seconds; from and until before. */
  from?: number;
  to?: number;
}

export interface DrawnMovement {
  movement: number;
  at: number;
  height: number;
  tx: string;
  kind: string;
  from: string;
  to: string;
  amount: string;
  policy: string | null;
  claim: number | null;
  account: string | null;
  free_after: string;
}

export interface DrawnStatement {
  csv: string;
  opening: [string, string][];
  closing: [string, string][];
  owed: string;
  movements: DrawnMovement[];
}

export interface InsurerQuestions {
  measures: { asked: Record<string, never>; answer: MeasureRow[] };
  productTemplate: { asked: { kind: TemplateKind; denom: string; arbiter?: string }; answer: ProductMsg };
  /** Fails as the contract does on terms that can never be met. */
  termsFigures: { asked: TermsMsg; answer: TermsFigures };
  judgeClaim: { asked: { asked: Asked; exhibits: Exhibit[] }; answer: JudgedClaim };
  /** Fails where a movement is missing, or a sum is not the chain's. */
  drawStatement: { asked: StatementAsked; answer: DrawnStatement };
}
