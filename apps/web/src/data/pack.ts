/** Values of JSON and typed arrays as bytes: a JSON head, in which arrays are named by number, and the arrays behind it. */

const KINDS = { f64: Float64Array, u16: Uint16Array, u8: Uint8Array, u32: Uint32Array } as const;
type Kind = keyof typeof KINDS;
type Packable = InstanceType<(typeof KINDS)[Kind]>;

/** Arrays begin at multiples of 8, as a Float64Array must. */
const ALIGNMENT = 8;
const MARK = "$packed";

interface Placed {
  [MARK]: Kind;
  at: number;
  length: number;
}

export function packed(value: unknown): Uint8Array<ArrayBuffer> {
  const arrays: Uint8Array[] = [];
  let size = 0;
  const head = JSON.stringify(value, (_key, part: unknown) => {
    const kind = kindOf(part);
    if (!kind) return part;
    const array = part as Packable;
    const placed: Placed = { [MARK]: kind, at: size, length: array.length };
    arrays.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    size += aligned(array.byteLength);
    return placed;
  });
  return assembled(new TextEncoder().encode(head), arrays, size);
}

function assembled(head: Uint8Array, arrays: Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const start = aligned(ALIGNMENT + head.length);
  const bytes = new Uint8Array(start + size);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, ALIGNMENT);
  let at = start;
  for (const array of arrays) {
    bytes.set(array, at);
    at += aligned(array.length);
  }
  return bytes;
}

export function unpacked<Value>(bytes: Uint8Array<ArrayBuffer>): Value {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const head = new TextDecoder().decode(bytes.subarray(ALIGNMENT, ALIGNMENT + length));
  const start = bytes.byteOffset + aligned(ALIGNMENT + length);
  return JSON.parse(head, (_key, part: unknown) => {
    if (!isPlaced(part)) return part;
    const Kind = KINDS[part[MARK]];
    const from = start + part.at;
    return new Kind(bytes.buffer.slice(from, from + part.length * Kind.BYTES_PER_ELEMENT));
  }) as Value;
}

function kindOf(part: unknown): Kind | undefined {
  return (Object.keys(KINDS) as Kind[]).find((kind) => part instanceof KINDS[kind]);
}

function isPlaced(part: unknown): part is Placed {
  return typeof part === "object" && part !== null && MARK in part;
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
