/** What a call throws. */
export interface CoreError extends Error {
  name: "CoreError";
  /** Stable, such as `payload/not_authentic`; docs/errors.md lists them. */
  code: string;
  /** The message without the code before it. */
  reason: string;
}

export type Category =
  | "cardiac"
  | "respiratory"
  | "temperature"
  | "metabolic"
  | "activity"
  | "medication";

export type MeasureName =
  | "heart_rate"
  | "oxygen_saturation"
  | "respiratory_rate"
  | "body_temperature"
  | "systolic_pressure"
  | "diastolic_pressure"
  | "glucose"
  | "steps"
  | "dose_taken";

export interface Measure {
  /** As in the column `measures` of a batch. */
  code: number;
  name: MeasureName;
  loinc: string;
  display: string;
  /** UCUM. */
  unit: string;
  /** Decimal digits kept. */
  scale: number;
  /** Lowest and highest plausible value, in the unit. */
  low: number;
  high: number;
  category: Category;
}

/** Whole hours `[from, to)`, counted since 1970. */
export interface EpochWindow {
  from: number;
  to: number;
}

export interface PackageEntry {
  generation: number;
  category: Category;
  windows: EpochWindow[];
}

export interface ShownReading {
  /** Its place in the batch. */
  index: number;
  measure: MeasureName;
  /** In the measure's unit. */
  value: number;
  atMs: number;
  flags: number;
}

export interface HeldGeneration {
  number: number;
  /** Nothing of it was erased. */
  whole: boolean;
}

export interface RecoveryState {
  recipient: string;
  /** Which shares open the backups: the first bytes of their set. */
  set: string;
  threshold: number;
  of: number;
}

/** What an agent remembers of a package it sealed. No keys. */
export interface Roll {
  digest: string;
  recipient_hash: string;
  generation: number;
  until: number;
  erasures: number;
  /** Hours further back than a sealer's package usually reaches, and until when packages reach them. */
  back?: { from: number; until: number };
}

/** What an agent remembers of an emergency package. No keys. */
export interface EmergencyRoll {
  shares: Record<string, string>;
  recipient_hash: string;
  generation: number;
  until: number;
  erasures: number;
}

export interface GrantStanding {
  /** Consent's answer to `patient`. */
  patient: object;
  /** Consent's answer to `grant`. */
  grant: object;
  /** Of the grantee, or of the team's members who may have keys. */
  recipients: string[];
  /** As the last `record` gave it. */
  roll: Roll | null;
  /** Block time. */
  nowMs: number;
}

export type PackageNeed = "nothing" | "seal" | { record: Roll };

export interface PackageRecord {
  /** For the grant, by `put_packages`. */
  package: { digest: string; recipient_hash: string };
  roll: Roll;
}

/** A care plan or the detail of an alert, of the hour in which it is sealed. */
export interface SealedDocument {
  kind: "plan" | "alert_detail";
  patient: string;
  /** What it is about. */
  categories: Category[];
  hour: number;
}

export interface CustodyStanding {
  /** Consent's answer to `patient`. */
  patient: object;
  /** Consent's answer to `custodians`. */
  named: object;
  /** The custodians' recipients, by account. */
  recipients: Record<string, string>;
  /** As the last `record` gave it. */
  roll: EmergencyRoll | null;
  /** Block time. */
  nowMs: number;
}

export interface EmergencyRecord {
  window: EpochWindow;
  packages: { custodian: string; digest: string }[];
  roll: EmergencyRoll;
}

export interface LogHead {
  count: number;
  /** Base64 of 32 bytes. */
  root: string;
}

export interface ToldReceipt {
  /** One of the vault's page. */
  receipt: { index: number; receipt: string; proof: string | null };
  /** As the chain keeps it; null where the vault anchored none. */
  head: LogHead | null;
}

export interface Release {
  index: number;
  patient: string;
  /** Seconds since 1970, of the vault's clock. */
  at: number;
  /** SHA-256 of what was released, hex. */
  digest: string;
  purpose: string | null;
  category: Category | null;
  action: string;
  ground: object;
  who: string;
  proof: "proved" | "not_anchored" | "wrong";
  /** Why it is `wrong`. */
  reason: string | null;
  /** Id of the session by whose key `who` asked, hex; null where the account signed the request itself. */
  session: string | null;
}

/** What the body of a device's registration says. */
export interface SignedRegistration {
  /** Bytes in base64, as messages have them. */
  key: { scheme: "ed25519" | "secp256k1" | "secp256r1"; bytes: string };
  model: number;
  /** major, minor and patch in 8, 8 and 16 bits. */
  firmware: number;
  /** SHA-256 of a salt and the serial number, hex. */
  serialCommitment: string;
  heldByGateway: boolean;
  /** The one account that can send it. */
  registrant: string;
}

/** What the body of a pairing says. */
export interface SignedPairing {
  device: string;
  action: string;
  patient: string;
}

export interface VaultSessionFields {
  chainId: string;
  /** Lower-case address of the one who signs. */
  account: string;
  /** Names of the vaults that it is for. */
  vaults: readonly string[];
  /** Seconds since 1970. */
  nowS: number;
}

export interface VaultRequestFields {
  /** Name of the one vault it is for. */
  vault: string;
  /** Lower-case address of the one who signs. */
  account: string;
  method: string;
  /** Path and query as in the request line. */
  target: string;
  /** Seconds since 1970. */
  nowS: number;
}

export interface PolicyFacts {
  /** The claims contract's answers. */
  policy: object;
  product: object;
  claims: object[];
  rewardDays: number[];
  /** Block time. */
  nowMs: number;
}

export interface ClaimWanted {
  categories: Category[];
  window: EpochWindow | null;
}

export interface PreparedClaim {
  /** For the claims contract. */
  msg: object;
  /** What becomes public for ever, in order of time. */
  published: { measure: MeasureName; value: number; atMs: number; device: string; model: number }[];
  /** The time that a claim on readings uses up. */
  window: { fromMs: number; toMs: number } | null;
  /** The days that a claim for a reward shows. */
  days: number[];
}

export type Severity = "notice" | "urgent" | "emergency";
export type Spo2Scale = "one" | "two";
export type Consciousness = "alert" | "cvpu";
export type News2Parameter =
  | "respiration"
  | "oxygen_saturation"
  | "supplemental_oxygen"
  | "systolic_pressure"
  | "pulse"
  | "consciousness"
  | "temperature";

/** What was observed, in units; what is absent is unknown. */
export interface Observations {
  respiration?: number | null;
  oxygenSaturation?: number | null;
  supplementalOxygen?: boolean | null;
  systolicPressure?: number | null;
  pulse?: number | null;
  consciousness?: Consciousness | null;
  temperature?: number | null;
}

export interface News2 {
  /** The score is this or more. */
  atLeast: number;
  /** Null where anything is missing. */
  score: number | null;
  points: [News2Parameter, number][];
  missing: News2Parameter[];
  /** Of the missing, what is only too old. */
  stale: News2Parameter[];
  riskAtLeast: "low" | "low_medium" | "medium" | "high";
}

/** Values of the finding's measure are in its unit. */
export type Explanation =
  | { key: "threshold"; value: number; limit: number; readings: number; forMs: number }
  | {
      key: "sustained_deviation";
      value: number;
      usual: number;
      /** In spreads. */
      level: number;
      forMs: number;
      days: number;
      byHour: boolean;
    }
  | { key: "trend"; week: number; low: number; high: number; days: number }
  | { key: "change_point"; value: number; usual: number; rose: boolean; ratio: number; days: number }
  | { key: "news2"; atLeast: number; scored: News2Parameter[]; missing: News2Parameter[] }
  | { key: "adherence"; missed: number; due: number; extra: number; days: number }
  | { key: "signal"; unusable: number; readings: number; forMs: number };

export interface Finding {
  rule: number;
  measure: MeasureName;
  kind:
    | "high"
    | "low"
    | "sustained_deviation"
    | "trend"
    | "change_point"
    | "news2"
    | "adherence"
    | "signal";
  severity: Severity;
  ladder: number;
  fromMs: number;
  toMs: number;
  simulated: boolean;
  evidence: { index: number; measure: MeasureName; value: number; atMs: number }[];
  /** For a text in another language than `english`. */
  explanation: Explanation | null;
  english: string;
}

export interface Figures {
  /** End of the five minutes they are of. */
  toMs: number;
  /** In spreads. */
  deviation: number | null;
  /** In parts of the limit. */
  change: number | null;
  distances: [MeasureName, number | null][];
  news2AtLeast: number;
}

export interface Adherence {
  onTime: number;
  late: number;
  missed: number;
  pending: number;
  extra: number;
  daysDue: number;
  daysCovered: number;
  due: number;
  taken: number;
  takenShare: number | null;
  daysCoveredShare: number | null;
}

export interface Usual {
  median: number;
  spread: number;
  /** Days with readings. */
  days: number;
  /** Of this time of day, not of all day. */
  byHour: boolean;
}

export interface Trend {
  /** In the unit. */
  perDay: number;
  low: number;
  high: number;
  /** The confidence interval holds no 0. */
  certain: boolean;
}
