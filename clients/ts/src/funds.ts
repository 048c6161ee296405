// Messages with the money they take, in whatever denomination.

import { toBase64, toUtf8 } from "@cosmjs/encoding";

import { type ContractCall, withFunds } from "./contract.js";
import type { DenomMsg } from "./generated/claims.js";

/** Smallest units of a denomination, as whole decimal text. */
export interface Money {
  readonly amount: string;
  readonly denom: DenomMsg;
}

/**
 * A call of `claims` with the money it takes: coins go along with it, tokens are sent by their own contract with the
 * message inside. Nothing is sent where the amount is 0.
 * @param claims address of the contract
 */
export function funded(claims: string, call: ContractCall, { amount, denom }: Money): ContractCall {
  if (/^0*$/.test(amount)) return call;
  if ("native" in denom) return withFunds(call, [{ denom: denom.native, amount }]);
  const msg = toBase64(toUtf8(JSON.stringify(call.msg)));
  return { contract: { token: denom.cw20 }, msg: { send: { contract: claims, amount, msg } } };
}
