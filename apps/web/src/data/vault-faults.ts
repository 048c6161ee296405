/** Vaults that were passed over while something was read, since the account was unlocked: each told once, however often. */
import type { VaultFaultKind } from "@cw-vitals/client";
import { useSyncExternalStore } from "react";

/** What a read tells of a vault: the client's `VaultFault`, or what crossed over from a worker. */
export interface ToldFault {
  vault: string;
  kind: VaultFaultKind;
  error: { code?: string };
  instead?: string;
}

export interface SeenFault {
  vault: string;
  kind: VaultFaultKind;
  code: string | undefined;
  /** No other vault had it, at least once: then it is missing from what is shown. */
  missing: boolean;
}

/** A store outside of React: it is told of faults by reads, wherever these run. */
export class VaultFaultStore {
  private seen: readonly SeenFault[] = [];
  private readonly listeners = new Set<() => void>();

  get = () => this.seen;

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  tell = ({ vault, kind, error: { code }, instead }: ToldFault): void => {
    const missing = instead === undefined;
    const known = this.seen.find((one) => one.vault === vault && one.kind === kind && one.code === code);
    if (known && (known.missing || !missing)) return;
    const others = this.seen.filter((one) => one !== known);
    this.set([...others, { vault, kind, code, missing }]);
  };

  /** With the session that saw them. */
  clear = (): void => {
    if (this.seen.length > 0) this.set([]);
  };

  private set(seen: readonly SeenFault[]): void {
    this.seen = seen;
    for (const listener of this.listeners) listener();
  }
}

export const vaultFaults = new VaultFaultStore();

export function useVaultFaults(): readonly SeenFault[] {
  return useSyncExternalStore(vaultFaults.subscribe, vaultFaults.get);
}
