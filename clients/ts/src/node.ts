// A node of the network: what is asked of it, and what it says when it cannot answer.

import { Comet38Client, HttpClient } from "@cosmjs/tendermint-rpc";

import { balanceOf, type ContractRecord, contractRecord, rawState, smartState } from "./chain-queries.js";
import type { Queried } from "./contract.js";
import { contractError, textOf, VitalsError } from "./errors.js";
import type { Network } from "./network.js";

/** Longest wait for one answer. */
const TIMEOUT_MS = 10_000;

/** The newest block that a node has. */
export interface Head {
  readonly height: number;
  /** Block time, milliseconds since 1970. */
  readonly timeMs: number;
}

/** One node's RPC, which has shown that it is on the network's chain. Answers carry no light-client proof. */
export class ChainNode implements Queried {
  private constructor(
    /** URL of its RPC. */
    readonly url: string,
    /** The RPC itself. CosmJS's own clients are made of it: `CosmWasmClient.create(node.comet)`. */
    readonly comet: Comet38Client,
  ) {}

  /**
   * @throws VitalsError `node/unreachable` where nothing answers, `node/wrong_chain` where the node is of
   * another chain
   */
  static async connect({ node, chainId }: Pick<Network, "node" | "chainId">): Promise<ChainNode> {
    const comet = cometAt(node);
    const found = await asked(node, async () => (await comet.status()).nodeInfo.network);
    if (found !== chainId) throw new VitalsError("node/wrong_chain", `${node} is on ${found}, expected ${chainId}`);
    return new ChainNode(node, comet);
  }

  async smart<Answer>(address: string, query: object): Promise<Answer> {
    return asked(this.url, async () => (await smartState(this.comet, address, query)) as Answer);
  }

  /** The newest block. @throws VitalsError `node/unreachable`, `node/behind` while the node replays old blocks */
  async head(): Promise<Head> {
    const {
      latestBlockHeight: height,
      latestBlockTime,
      catchingUp,
    } = (await asked(this.url, () => this.comet.status())).syncInfo;
    if (catchingUp) throw new VitalsError("node/behind", `${this.url} is catching up, at height ${height}`);
    return { height, timeMs: latestBlockTime?.getTime() ?? 0 };
  }

  /** Height of the oldest block that the node still has. */
  async earliest(): Promise<number> {
    return (await asked(this.url, () => this.comet.status())).syncInfo.earliestBlockHeight ?? 1;
  }

  /** What an account has of a denomination, in its smallest unit. */
  async balance(address: string, denom: string): Promise<bigint> {
    return asked(this.url, () => balanceOf(this.comet, address, denom));
  }

  /** The bytes under a key of a contract's state; none where there is no such key. */
  async raw(address: string, key: Uint8Array): Promise<Uint8Array> {
    return asked(this.url, () => rawState(this.comet, address, key));
  }

  /** The code of a contract, and who can migrate it. */
  async contract(address: string): Promise<ContractRecord> {
    return asked(this.url, () => contractRecord(this.comet, address));
  }
}

/**
 * CosmJS chooses its client by the node's version and knows CometBFT up to 0.38 and 1.x; for 0.39 it would
 * take that of Tendermint 0.37. The calls used here did not change in 0.39.
 */
export function cometAt(url: string): Comet38Client {
  return Comet38Client.create(new HttpClient(url, TIMEOUT_MS));
}

/**
 * Asks a node; whatever goes wrong becomes a `VitalsError`. A question, not a transaction: it may be put twice,
 * as it is where the node ended an idle connection just as it was used again.
 */
export async function asked<T>(url: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question().catch((error: unknown) => {
      if (ENDED.test(textOf(error))) return question();
      throw error;
    });
  } catch (error) {
    throw nodeError(url, error);
  }
}

const ENDED = /other side closed|ECONNRESET|socket hang up/;

const SEQUENCE = /account sequence mismatch, expected (\d+)/;
const FEE = /insufficient fee|allow to pay fees|fee allowance|fee limit exceeded|fee-grant|insufficient funds/i;
const ABSENT = /^Account '(\w+)' does not exist on chain/;

/** @param url of the node, for the text */
export function nodeError(url: string, error: unknown): VitalsError {
  if (error instanceof VitalsError) return error;
  const text = textOf(error);
  const options = { cause: error };
  const ofContract = contractError(text);
  if (ofContract) return new VitalsError(ofContract.code, ofContract.reason, options);
  const absent = ABSENT.exec(text)?.[1];
  if (absent) return new VitalsError("account/unknown", `${absent} is not on the chain`, options);
  if (SEQUENCE.test(text))
    return new VitalsError("tx/sequence", `another transaction of the account came first: ${text}`, options);
  if (FEE.test(text)) return new VitalsError("tx/fee", `the fee is not covered: ${text}`, options);
  if (isUnreachable(error)) return new VitalsError("node/unreachable", `${url} gave no answer: ${text}`, options);
  return new VitalsError("node/refused", `${url} refused: ${text}`, options);
}

/** What fetch throws, and what a proxy says in place of a node. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (["TypeError", "AbortError", "TimeoutError", "SyntaxError"].includes(error.name)) return true;
  return /^Bad status on response: (5\d\d|404|408|429)/.test(error.message);
}
