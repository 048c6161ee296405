/** What the device signed, from what the chain says of it, with the generation behind it. */
import type { BatchInfo } from "@cw-vitals/client/anchor";
import { CATEGORIES } from "../../src/data/measures";
import { fromBase64 } from "../day";

const HOUR_MS = 3_600_000;

/** Where some of the fields are. */
export const MEASURED_AT = { device: 1, sequence: 13, category: 21, root: 36 } as const;

/** 70 bytes, or 102 with a private root, and four. */
export function measuredBytes(info: BatchInfo): Uint8Array {
  const { id, private_root } = info;
  const privateRoot = private_root ? fromBase64(private_root) : new Uint8Array();
  const bytes = new Uint8Array(74 + privateRoot.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  view.setBigUint64(MEASURED_AT.device, BigInt(id.device));
  view.setUint32(9, info.pairing);
  view.setBigUint64(MEASURED_AT.sequence, BigInt(id.sequence));
  view.setUint8(MEASURED_AT.category, CATEGORIES.indexOf(id.category) + 1);
  view.setUint32(22, id.epoch);
  view.setUint32(26, info.first_at_ms - id.epoch * HOUR_MS);
  view.setUint32(30, info.last_at_ms - id.epoch * HOUR_MS);
  view.setUint16(34, info.count);
  bytes.set(fromBase64(info.root), MEASURED_AT.root);
  view.setUint8(68, info.simulated ? 1 : 0);
  view.setUint8(69, privateRoot.length);
  bytes.set(privateRoot, 70);
  view.setUint32(bytes.length - 4, info.generation);
  return bytes;
}
