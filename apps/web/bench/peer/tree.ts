/** The tree of RFC 6962 over salted readings, with as little made for each hash as @noble/hashes lets one. */
import { chacha20 } from "@noble/ciphers/chacha.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Columns } from "./payload";

const HASH_BYTES = 32;
const SALT_BYTES = 16;
const TWO_32 = 2 ** 32;

const fresh = sha256.create();
const hasher = fresh._cloneInto();

function hashInto(input: Uint8Array, output: Uint8Array): void {
  fresh._cloneInto(hasher).update(input).digestInto(output);
}

export function rootOf(columns: Columns): Uint8Array {
  const count = columns.values.length;
  const hashes = leaves(columns);
  const node = new Uint8Array(1 + 2 * HASH_BYTES);
  node[0] = 1;
  // level by level, in place: a last one without a neighbour goes up as it is
  for (let width = count; width > 1; width = (width + 1) >> 1) {
    for (let i = 0; i + 1 < width; i += 2) {
      node.set(hashes.subarray(i * HASH_BYTES, (i + 2) * HASH_BYTES), 1);
      hashInto(node, hashes.subarray((i >> 1) * HASH_BYTES, ((i >> 1) + 1) * HASH_BYTES));
    }
    if (width % 2 === 1) hashes.copyWithin((width >> 1) * HASH_BYTES, (width - 1) * HASH_BYTES, width * HASH_BYTES);
  }
  return hashes.subarray(0, HASH_BYTES);
}

function leaves({ seed, measures, values, offsets, flags }: Columns): Uint8Array {
  const count = values.length;
  const salts = chacha20(seed, new Uint8Array(12), new Uint8Array(count * SALT_BYTES));
  const hashes = new Uint8Array(count * HASH_BYTES);
  const leaf = new Uint8Array(32);
  const view = new DataView(leaf.buffer);
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    view.setUint16(1, measures[i] as number);
    view.setInt32(3, Math.floor(value / TWO_32));
    view.setUint32(7, value >>> 0);
    view.setUint32(11, offsets[i] as number);
    view.setUint8(15, flags[i] as number);
    leaf.set(salts.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES), 16);
    hashInto(leaf, hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
  }
  return hashes;
}
