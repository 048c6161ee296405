/** Columns of Rice codes, highest bit first. */

const BLOCK = 128;
const PARAMETER_BITS = 5;
const ESCAPE = 16;
const TWO_32 = 2 ** 32;

export class Bits {
  private readonly view: DataView;
  private readonly end: number;
  private at = 0;

  constructor(bytes: Uint8Array) {
    // room to look ahead over the end
    const padded = new Uint8Array(bytes.length + 8);
    padded.set(bytes);
    this.view = new DataView(padded.buffer);
    this.end = bytes.length * 8;
  }

  /** `count` numbers; those above 2^53 are refused. */
  column(count: number): Float64Array {
    if (count > this.end - this.at) throw new Error("the columns end before the count is reached");
    const numbers = new Float64Array(count);
    for (let start = 0; start < count; start += BLOCK) {
      const parameter = this.take(PARAMETER_BITS);
      const stop = Math.min(count, start + BLOCK);
      for (let i = start; i < stop; i++) numbers[i] = this.number(parameter);
    }
    return numbers;
  }

  private number(parameter: number): number {
    const high = Math.clz32(~this.next32());
    if (high < ESCAPE) {
      this.skip(high + 1);
      return high * 2 ** parameter + this.take(parameter);
    }
    this.skip(ESCAPE);
    const number = this.take(32) * TWO_32 + this.take(32);
    if (!Number.isSafeInteger(number)) throw new Error("a number of more than 53 bits");
    return number;
  }

  private take(width: number): number {
    const bits = width === 0 ? 0 : this.next32() >>> (32 - width);
    this.skip(width);
    return bits;
  }

  private skip(width: number): void {
    this.at += width;
    if (this.at > this.end) throw new Error("the columns end before the count is reached");
  }

  private next32(): number {
    const byte = this.at >>> 3;
    const shift = this.at & 7;
    const first = this.view.getUint32(byte);
    return shift === 0 ? first : ((first << shift) | (this.view.getUint8(byte + 4) >>> (8 - shift))) >>> 0;
  }
}
