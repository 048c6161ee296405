import type { Account } from "@cw-vitals/client";
import type { ForgetfulCache } from "../data/cache";
import type { AccountNotes } from "./notes";

export const ROLES = ["patient", "guardian", "clinician", "insurer", "operator"] as const;
export type Role = (typeof ROLES)[number];

/** Which wallet signs: the built-in one holds the words itself, and exists on local networks alone. */
export type WalletKind = "local" | "keplr" | "leap";

/** What is never stored but sealed, and never sent. */
export interface Secrets {
  /** Of the built-in wallet. */
  mnemonic?: string;
  /** The account's age identity (`AGE-SECRET-KEY-…`): opens the packages that are addressed to it. */
  identity?: string;
  /** A patient's key file under the identity (`Keyring.lockWith`), in base64. */
  keyring?: string;
  /** What the patient's key agent remembers (`AgentState` as JSON): digests, no keys. */
  agent?: string;
}

/** The key file that a window knows, as `Secrets.keyring`. */
export interface HeldKeys {
  keyring: string | undefined;
}

/** An unlocked account. */
export interface OpenAccount {
  account: Account;
  wallet: WalletKind;
  label: string;
  secrets: Secrets;
  /** What was opened, kept for when there is no network. */
  cache: ForgetfulCache;
  /** What its person wrote here and nobody else has. */
  notes: AccountNotes;
  /** From a role link of a local demonstration: kept for this tab alone. */
  demo: boolean;
  /** The role and the patient that a role link names. */
  wanted?: { role: Role; patient?: string };
}
