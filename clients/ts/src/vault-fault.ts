// How a vault was passed over when something was read from it.

import type { VitalsError } from "./errors.js";

/**
 * - `altered`: it sent other bytes than those that the chain points to;
 * - `refused`: it answered with an error, its own or that of the consent contract;
 * - `silent`: it gave no answer, or a proxy answered in its place.
 */
export type VaultFaultKind = "altered" | "refused" | "silent";

/** One vault that did not give what was asked of it. Nothing that it sent is used. */
export interface VaultFault {
  /** Its name in the network's configuration. */
  readonly vault: string;
  readonly kind: VaultFaultKind;
  readonly error: VitalsError;
  /** The vault whose bytes were taken, those that the chain points to; absent where none had them. */
  readonly instead?: string;
}

/** Is told of each fault once the read is over, whether another vault had it or none. It must not throw. */
export type VaultObserver = (fault: VaultFault) => void;

/** A vault and why it was passed over, before it is known what comes of the read. */
export interface PassedOver {
  readonly vault: string;
  readonly error: VitalsError;
}

export function faultOf({ vault, error }: PassedOver, instead: string | undefined): VaultFault {
  return { vault, kind: kindOf(error), error, ...(instead === undefined ? {} : { instead }) };
}

function kindOf({ code }: VitalsError): VaultFaultKind {
  if (code === "vault/digest") return "altered";
  return code === "vault/unreachable" ? "silent" : "refused";
}
