// Events of this deployment's contracts, read out of what a transaction left behind.

import type { ContractName } from "./contract.js";
import { VitalsError } from "./errors.js";
import type { Deployment } from "./network.js";

/** Something that a contract of the deployment says happened. Ids and digests only. */
export interface VitalsEvent {
  readonly contract: ContractName;
  /** As the contract names it: `granted`, `batch_anchored`, `claim_paid`. */
  readonly kind: string;
  /** Of names that repeat the first. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** An event as CometBFT tells it. */
export interface RawEvent {
  readonly type: string;
  readonly attributes: readonly { readonly key: string | Uint8Array; readonly value: string | Uint8Array }[];
}

const PREFIX = "wasm-";
/** Only the runtime writes names that begin with `_`: no other contract's event can pass for ours. */
const CONTRACT = "_contract_address";

/** The contracts' addresses, by the names this client has for them. */
export function addresses(deployment: Deployment): Record<ContractName, string> {
  return {
    consent: deployment.consent,
    registry: deployment.deviceRegistry,
    anchor: deployment.vitalsAnchor,
    care: deployment.care,
    claims: deployment.claims,
  };
}

/** Those of the deployment's own contracts, in order. */
export function eventsOf(deployment: Deployment, raw: readonly RawEvent[]): VitalsEvent[] {
  const names = new Map(
    Object.entries(addresses(deployment)).map(([name, address]) => [address, name as ContractName]),
  );
  return raw.flatMap(({ type, attributes }) => {
    if (!type.startsWith(PREFIX)) return [];
    const found = record(attributes);
    const contract = names.get(found[CONTRACT] ?? "");
    if (!contract) return [];
    const { [CONTRACT]: _, msg_index: __, ...own } = found;
    return [{ contract, kind: type.slice(PREFIX.length), attributes: own }];
  });
}

/**
 * The first event of that contract and kind.
 * @throws VitalsError `tx/no_event` where there is none
 */
export function expectEvent(events: readonly VitalsEvent[], contract: ContractName, kind: string): VitalsEvent {
  const found = events.find((event) => event.contract === contract && event.kind === kind);
  if (!found) throw new VitalsError("tx/no_event", `the transaction has no event ${kind} of ${contract}`);
  return found;
}

/**
 * What an event says under a name.
 * @throws VitalsError `tx/no_event` where it says nothing under it
 */
export function attribute(event: VitalsEvent, name: string): string {
  const value = event.attributes[name];
  if (value === undefined) throw new VitalsError("tx/no_event", `the event ${event.kind} has no ${name}`);
  return value;
}

const text = (value: string | Uint8Array): string =>
  typeof value === "string" ? value : new TextDecoder().decode(value);

function record(attributes: RawEvent["attributes"]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { key, value } of attributes) found[text(key)] ??= text(value);
  return found;
}
