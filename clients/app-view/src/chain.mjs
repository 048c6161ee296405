// Reading contracts over a node's RPC; each query and each answer is checked against the schema.

import { CosmWasmClient } from "@cosmjs/cosmwasm";
import { Comet38Client, HttpClient } from "@cosmjs/tendermint-rpc";

import { AppError } from "./error.mjs";

const TIMEOUT_MS = 10_000;

/**
 * A client of the node, once it has shown that it is on the deployment's chain. CosmJS 0.38.1's own
 * choice of client stops at CometBFT 0.38; the calls used here did not change in 0.39.
 * @param {string} node URL of a node's RPC
 * @param {string} chainId
 */
export async function connect(node, chainId) {
  const client = await asked(node, async () =>
    CosmWasmClient.create(Comet38Client.create(new HttpClient(node, TIMEOUT_MS))));
  const found = await asked(node, () => client.getChainId());
  if (found !== chainId) {
    throw new AppError("app/wrong_chain", `${node} is on ${found}, the deployment on ${chainId}`);
  }
  return new Chain(node, client);
}

export class Chain {
  constructor(node, client) {
    this.node = node;
    this.client = client;
  }

  height() {
    return asked(this.node, () => this.client.getHeight());
  }

  /**
   * @param {import("./schema.mjs").ContractSchema} schema
   * @param {string} address
   * @param {Record<string, object>} message one key, the query's name
   */
  async query(schema, address, message) {
    schema.checkQuery(message);
    const answer = await asked(this.node, () => this.client.queryContractSmart(address, message));
    schema.checkAnswer(Object.keys(message)[0], answer);
    return answer;
  }
}

/** What a contract refused keeps its own code; anything else is the node's. */
async function asked(node, call) {
  try {
    return await call();
  } catch (error) {
    const refused = /^Query failed with \(\d+\): (?:rpc error: code = \w+ desc = )?(.*)$/s.exec(error.message);
    if (refused === null) {
      throw new AppError("app/node", `${node} gave no answer: ${error.cause?.message || error.message}`);
    }
    const contract = /\b[a-z]+\/[a-z_]+: .*?(?=: query wasm contract failed)/s.exec(refused[1]);
    if (contract === null) throw new AppError("app/query", refused[1]);
    const [code, ...text] = contract[0].split(": ");
    throw new AppError(code, text.join(": "));
  }
}
