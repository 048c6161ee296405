/** Who sends batches to the chain, and of which devices: from the newest anchorings, since no contract lists them. */
import { type TransactionSeen, transactions, type Vitals } from "@cw-vitals/client";
import type { DeviceHead, GapsPage } from "@cw-vitals/client/anchor";
import type { DeviceInfo } from "@cw-vitals/client/registry";
import { eachOf } from "../lib/numbered";

/** Anchorings that are looked at. */
export const NEWEST = 60;

export interface LastAnchored {
  device: string;
  sequence: string;
  /** Block time, ms. */
  at: number;
  height: number;
}

export interface Sealer {
  account: string;
  /** The newest first. */
  devices: LastAnchored[];
}

/** The last batch of each device by each account that sent one. */
export function sealersIn(found: readonly TransactionSeen[]): Sealer[] {
  const accounts = new Map<string, Map<string, LastAnchored>>();
  for (const { calls, events, timeMs, height } of found) {
    const sender = calls.find(({ contract, msg }) => contract === "anchor" && "anchor" in msg)?.sender;
    if (sender === undefined) continue;
    const devices = accounts.get(sender) ?? new Map<string, LastAnchored>();
    accounts.set(sender, devices);
    for (const { contract, kind, attributes } of events) {
      const { device, sequence } = attributes;
      if (contract !== "anchor" || kind !== "anchored" || device === undefined || sequence === undefined) continue;
      devices.delete(device);
      devices.set(device, { device, sequence, at: timeMs, height });
    }
  }
  const newestOf = ({ devices }: Sealer) => Math.max(...devices.map(({ at }) => at));
  return [...accounts]
    .map(([account, devices]): Sealer => ({ account, devices: [...devices.values()].reverse() }))
    .sort((a, b) => newestOf(b) - newestOf(a));
}

export interface DeviceStanding {
  info: DeviceInfo;
  head: DeviceHead;
  gaps: GapsPage;
}

export interface Gateways {
  sealers: Sealer[];
  /** By device. */
  standing: Record<string, DeviceStanding>;
}

export async function gatewaysOf(vitals: Vitals): Promise<Gateways> {
  const sealers = sealersIn(await transactions(vitals, { contract: "anchor", kind: "anchored" }, { newest: NEWEST }));
  const devices = [...new Set(sealers.flatMap((sealer) => sealer.devices.map(({ device }) => device)))];
  const standing = await eachOf(devices, async (device) => {
    const [info, head, gaps] = await Promise.all([
      vitals.registry.device({ device }),
      vitals.anchor.device({ device }),
      vitals.anchor.gaps({ device, limit: 30 }),
    ]);
    return [device, { info, head, gaps }] as const;
  });
  return { sealers, standing: Object.fromEntries(standing) };
}

/** When a device measured last, of what is anchored. */
export const measuredLast = ({ last }: DeviceHead): number | undefined =>
  last.length === 0 ? undefined : Math.max(...last.map(({ at_ms }) => at_ms));
