/** A sealed payload opened: XChaCha20-Poly1305 by @noble/ciphers, the columns by hand. */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { Bits } from "./bits";

export interface Columns {
  seed: Uint8Array;
  measures: Uint16Array;
  /** At the measure's scale. */
  values: Float64Array;
  /** ms in the hour. */
  offsets: Uint32Array;
  flags: Uint8Array;
}

const HEADER_BYTES = 25;

export function openPayload(sealed: Uint8Array, key: Uint8Array, associated: Uint8Array): Columns {
  if (sealed[0] !== 1) throw new Error(`a payload of version ${sealed[0]}`);
  const cipher = xchacha20poly1305(key, sealed.subarray(1, HEADER_BYTES), associated);
  return columns(cipher.decrypt(sealed.subarray(HEADER_BYTES)));
}

function columns(plain: Uint8Array): Columns {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.length);
  if (view.getUint8(0) !== 1) throw new Error(`columns of version ${view.getUint8(0)}`);
  const count = view.getUint16(33);
  const measures = new Uint16Array(count);
  const flags = new Uint8Array(count);
  const runs = new Runs(plain, 39);
  runs.fill(measures);
  runs.fill(flags);
  const bits = new Bits(plain.subarray(runs.at));
  const values = valuesOf(bits.column(count), measures);
  const offsets = offsetsOf(view.getUint32(35), bits.column(count - 1));
  return { seed: plain.slice(1, 33), measures, values, offsets, flags };
}

/** (varint code ‖ varint length)…, each list until its column is full. */
class Runs {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  fill(column: Uint16Array | Uint8Array): void {
    for (let from = 0; from < column.length; ) {
      const code = this.varint();
      const to = from + this.varint();
      if (to === from || to > column.length) throw new Error("runs do not add up to the count");
      column.fill(code, from, to);
      from = to;
    }
  }

  private varint(): number {
    let number = 0;
    for (let shift = 0; shift < 21; shift += 7) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) break;
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) return number;
    }
    throw new Error("a number in the runs has no end");
  }
}

/** 0, 1, 2, 3 … are 0, −1, 1, −2 …; in place, as numbers may have more than 32 bits. */
const unzigzag = (number: number) => (number % 2 === 0 ? number / 2 : -(number + 1) / 2);

function valuesOf(column: Float64Array, measures: Uint16Array): Float64Array {
  const last = new Map<number, number>();
  for (let i = 0; i < column.length; ) {
    const measure = measures[i] as number;
    let value = last.get(measure) ?? 0;
    for (; i < column.length && measures[i] === measure; i++) {
      value += unzigzag(column[i] as number);
      column[i] = value;
    }
    last.set(measure, value);
  }
  return column;
}

function offsetsOf(first: number, column: Float64Array): Uint32Array {
  const offsets = new Uint32Array(column.length + 1);
  offsets[0] = first;
  let step = 0;
  for (let i = 0, at = first; i < column.length; i++) {
    step += unzigzag(column[i] as number);
    at += step;
    if (at < 0 || at >= 3_600_000) throw new Error("a time outside the hour");
    offsets[i + 1] = at;
  }
  return offsets;
}
