/** docs/formats/keys-and-payload.md in TypeScript: packages by age-encryption, the key tree by @noble/hashes. */
import type { BatchInfo } from "@cw-vitals/client/anchor";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { Decrypter } from "age-encryption";
import { MEASURED_AT, measuredBytes } from "./measured";

interface Node {
  depth: number;
  prefix: number;
  secret: Uint8Array;
}

/** Nodes by generation and category. */
export type Keys = ReadonlyMap<string, readonly Node[]>;

const ascii = (text: string) => new TextEncoder().encode(text);
const LEFT = ascii("cw-vitals/v1/key-tree/child\0");
const RIGHT = ascii("cw-vitals/v1/key-tree/child\x01");
const EPOCH_KEY = ascii("cw-vitals/v1/key-tree/epoch-key");
const BATCH_KEY = ascii("cw-vitals/v1/payload/batch-key");
const DEPTH = 32;
const NODE_BYTES = 37;

const placeOf = (generation: number, category: number) => `${generation}/${category}`;

export async function openPackage(file: Uint8Array, identity: string): Promise<Keys> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const plain = await decrypter.decrypt(file);
  const view = new DataView(plain.buffer, plain.byteOffset, plain.length);
  if (view.getUint8(0) !== 1) throw new Error(`a key package of version ${view.getUint8(0)}`);
  const keys = new Map<string, Node[]>();
  let at = 11;
  for (let entry = 0; entry < view.getUint16(9); entry++) {
    const place = placeOf(view.getUint32(at), view.getUint8(at + 4));
    const length = view.getUint32(at + 5);
    keys.set(place, nodes(plain, view, at + 9, length));
    at += 9 + length;
  }
  return keys;
}

function nodes(plain: Uint8Array, view: DataView, start: number, length: number): Node[] {
  const found: Node[] = [];
  for (let at = start + 1; at < start + length; at += NODE_BYTES) {
    const secret = plain.slice(at + 5, at + NODE_BYTES);
    found.push({ depth: view.getUint8(at), prefix: view.getUint32(at + 1), secret });
  }
  return found;
}

/** What a batch is sealed under, and what its ciphertext is bound to. */
export function sealOf(info: BatchInfo, keys: Keys): { key: Uint8Array; associated: Uint8Array } {
  const associated = measuredBytes(info);
  const bound = new Uint8Array(52);
  const { device, root } = MEASURED_AT;
  bound.set(associated.subarray(device, device + 8));
  bound.set(associated.subarray(MEASURED_AT.sequence, MEASURED_AT.sequence + 8), 8);
  bound.set(associated.subarray(root, root + 32), 16);
  bound.set(associated.subarray(-4), 48);
  const category = associated[MEASURED_AT.category] as number;
  const secret = epochKey(keys.get(placeOf(info.generation, category)) ?? [], info.id.epoch);
  return { key: hkdf(sha256, secret, BATCH_KEY, bound, 32), associated };
}

function epochKey(cover: readonly Node[], epoch: number): Uint8Array {
  const node = cover.find(({ depth, prefix }) => depth === 0 || epoch >>> (DEPTH - depth) === prefix);
  if (!node) throw new Error(`no key for hour ${epoch}`);
  let { secret } = node;
  for (let bit = DEPTH - node.depth - 1; bit >= 0; bit--) {
    secret = hmac(sha256, secret, (epoch >>> bit) & 1 ? RIGHT : LEFT);
  }
  return hmac(sha256, secret, EPOCH_KEY);
}
