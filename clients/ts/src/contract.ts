// What generated messages and queries are made of.

import type { Coin } from "@cosmjs/amino";

/** The contracts of a deployment, as this client calls them. */
export type ContractName = "consent" | "registry" | "anchor" | "care" | "claims";

/** One message to one contract, with coins where it takes some. It says nothing of who sends it. */
export interface ContractCall {
  /** A token is called where money of it goes along with a message: see `funded`. */
  readonly contract: ContractName | { readonly token: string };
  readonly msg: Readonly<Record<string, unknown>>;
  /** None where absent. Contracts refuse coins that a message does not ask for. */
  readonly funds?: readonly Coin[];
}

/** An object with exactly one of the keys. */
export type OneOf<Messages> = { [Name in keyof Messages]: { [Only in Name]: Messages[Name] } }[keyof Messages];

/** Whatever can put a smart query to a contract. */
export interface Queried {
  /**
   * @throws VitalsError with the contract's code where it refuses, `node/unreachable` where the node
   * gives no answer
   */
  smart<Answer>(address: string, query: object): Promise<Answer>;
}

/** The call with these coins. */
export function withFunds(call: ContractCall, funds: readonly Coin[]): ContractCall {
  return { ...call, funds };
}
