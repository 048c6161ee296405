/** Amounts between what a person reads and types, and the smallest units that the chain counts in. Text and BigInt only. */
import type { DenomMsg } from "@cw-vitals/client/claims";
import { readDecimal, typedDecimal } from "../../data/decimal";

/** How a denomination is shown. */
export interface Unit {
  /** `VITAL`. */
  symbol: string;
  /** Decimal digits of one whole unit. */
  digits: number;
  /** As the chain names the smallest unit: `uvital`, `cw20:wasm1…`. */
  exact: string;
}

/** What a cw20 contract says of its token. */
export interface TokenInfo {
  symbol: string;
  decimals: number;
}

const MOST_DIGITS = 18;

/** Of native coins only the micro prefix is understood; a token says its digits itself. */
export function unitOf(denom: DenomMsg, token?: TokenInfo): Unit {
  if ("native" in denom) {
    const micro = /^u([a-z][a-z0-9]+)$/.exec(denom.native)?.[1];
    return { symbol: micro ? micro.toUpperCase() : denom.native, digits: micro ? 6 : 0, exact: denom.native };
  }
  const exact = `cw20:${denom.cw20}`;
  const usable =
    token !== undefined && Number.isInteger(token.decimals) && token.decimals >= 0 && token.decimals <= MOST_DIGITS;
  return usable ? { symbol: token.symbol, digits: token.decimals, exact } : { symbol: "cw20", digits: 0, exact };
}

/** The decimal of an amount in whole units: `1.5` of 1500000 at six digits. Without zeros at its end. */
export function decimalOf(amount: string, digits: number): string {
  const whole = BigInt(amount)
    .toString()
    .padStart(digits + 1, "0");
  const at = whole.length - digits;
  const part = whole.slice(at).replace(/0+$/, "");
  return part ? `${whole.slice(0, at)}.${part}` : whole.slice(0, at);
}

/** As a person types it in that language. */
export function typedOf(amount: string, digits: number, locale: string): string {
  return typedDecimal(decimalOf(amount, digits), locale);
}

/** The smallest units of what was typed, or nothing where it is no amount, or may be two. */
export function parseAmount(typed: string, digits: number, locale: string): string | undefined {
  const [whole, part] = (readDecimal(typed, locale).text ?? "").split(".");
  if (!whole || !/^\d{1,39}$/.test(whole)) return undefined;
  if (part !== undefined && part.length > digits) return undefined;
  const amount = BigInt(whole) * 10n ** BigInt(digits) + BigInt((part ?? "").padEnd(digits, "0") || "0");
  return amount < 2n ** 128n ? amount.toString() : undefined;
}

export const isZero = (amount: string): boolean => BigInt(amount) === 0n;

export function sum(amounts: readonly string[]): string {
  return amounts.reduce((total, amount) => total + BigInt(amount), 0n).toString();
}

/** `a` of `b` in thousandths, for a bar; 0 where there is nothing. */
export function permille(a: string, b: string): number {
  const whole = BigInt(b);
  return whole === 0n ? 0 : Number((BigInt(a) * 1000n) / whole);
}

export const sameDenom = (a: DenomMsg, b: DenomMsg): boolean => JSON.stringify(a) === JSON.stringify(b);
