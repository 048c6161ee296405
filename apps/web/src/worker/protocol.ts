/** What the app and its worker say to each other. Everything is plain data, so that it can be cloned. */
import type { Account, Category, GroundRef, Network, VaultFault, Window } from "@cw-vitals/client";
import type { BatchInfo } from "@cw-vitals/client/anchor";
import type { Purpose } from "@cw-vitals/client/consent";
import type { CareQuestions } from "./care";
import type { InsurerQuestions } from "./insurer";
import type { PatientQuestions } from "./patient";

type Bytes = Uint8Array<ArrayBuffer>;

/** Short questions with one answer. */
export interface Questions extends CareQuestions, InsurerQuestions, PatientQuestions {
  newIdentity: { asked: Record<string, never>; answer: string };
  /** Under a passphrase, as an age file. */
  wrap: { asked: { passphrase: string; bytes: Bytes }; answer: Bytes };
  unwrap: { asked: { passphrase: string; bytes: Bytes }; answer: Bytes };
}
export type Question = keyof Questions;

/** Who reads. The signing key stays with the app: the worker asks for each signature. */
export interface ReaderAccount {
  network: Network;
  address: string;
  publicKey: Uint8Array;
  identity?: string;
  /** A patient's key file under the identity, in base64. */
  keyring?: string;
  /** A wallet without sessions asks its user for each request: then one comes after the other. */
  atOnce: number;
  /** The app reads from vaults by sessions for it: the worker asks for whole headers, not for signatures. */
  sessions?: boolean;
}

export interface ReadJob {
  reader: ReaderAccount;
  patient: string;
  categories: readonly Category[];
  window: Window;
  purpose: Purpose;
  ground: GroundRef;
  /** The grant whose package has the keys, where the ground is no grant: a guardian's. */
  packageOf?: string;
}

/** An error that crossed over. */
export interface PlainError {
  code?: string;
  reason: string;
}

export type ToWorker =
  | { type: "ask"; id: number; question: Question; asked: Questions[Question]["asked"] }
  | { type: "read"; id: number; job: ReadJob }
  | { type: "cancel"; id: number }
  | { type: "signed"; sign: number; signed?: Uint8Array | string; error?: PlainError };

/** Bytes that the account signs, or a request to a vault that its session signs. */
export type ToSign =
  | { data: Uint8Array | string }
  | { request: Parameters<NonNullable<Account["authorizeRead"]>>[0]; renew: boolean };

/** A batch whose readings are what the device measured: decrypted, and held against the anchored root. */
export interface OpenedMessage {
  info: BatchInfo;
  simulated: boolean;
  measures: Uint16Array;
  /** In the unit of each measure. */
  values: Float64Array;
  /** Unix time, ms. */
  times: Float64Array;
  flags: Uint8Array;
}

/** A batch that there is, and that could not be opened or is not genuine. */
export interface FailedMessage {
  info: BatchInfo;
  error: PlainError;
}

/** A vault that was passed over while something was read. */
export type FaultMessage = Omit<VaultFault, "error"> & { error: PlainError };

export type FromWorker =
  | { type: "answer"; id: number; answer: unknown }
  | { type: "opened"; id: number; batch: OpenedMessage }
  | { type: "failed"; id: number; batch: FailedMessage }
  | { type: "progress"; id: number; done: number; of: number }
  | { type: "fault"; fault: FaultMessage }
  | { type: "done"; id: number }
  | { type: "error"; id: number; error: PlainError }
  | { type: "sign"; id: number; sign: number; what: ToSign };
