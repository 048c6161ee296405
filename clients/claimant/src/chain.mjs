// One account on a chain: what it sends and asks is checked against the schema.

import { SigningCosmWasmClient } from "@cosmjs/cosmwasm";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { GasPrice, calculateFee } from "@cosmjs/stargate";
import { Comet38Client, HttpClient } from "@cosmjs/tendermint-rpc";

import { AppError } from "../../app-view/src/error.mjs";

const TIMEOUT_MS = 10_000;
/** What a transaction may use above what its simulation did. */
const GAS_MARGIN = 1.4;
const EXECUTE = "/cosmwasm.wasm.v1.MsgExecuteContract";

/**
 * The account's client, once the node has shown that it is on the deployment's chain. CosmJS 0.38.1's own
 * choice of client stops at CometBFT 0.38; the calls used here did not change in 0.39.
 * @param {string} node URL of a node's RPC
 * @param {string} chainId
 * @param {{mnemonic: string, prefix: string}} account
 * @param {string} gasPrice such as 0.025uvital
 */
export async function connect(node, chainId, { mnemonic, prefix }, gasPrice) {
  const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonic, { prefix }).catch((cause) => {
    throw new AppError("app/mnemonic", cause.message);
  });
  const [{ address }] = await wallet.getAccounts();
  const comet = Comet38Client.create(new HttpClient(node, TIMEOUT_MS));
  const client = SigningCosmWasmClient.createWithSigner(comet, wallet);
  const found = await asked(node, () => client.getChainId());
  if (found !== chainId) {
    throw new AppError("app/wrong_chain", `${node} is on ${found}, the deployment on ${chainId}`);
  }
  return new Chain(node, client, address, GasPrice.fromString(gasPrice));
}

class Chain {
  constructor(node, client, address, gasPrice) {
    Object.assign(this, { node, client, address, gasPrice });
  }

  contract(schema, at) {
    return new Contract(this, schema, at);
  }

  /** A transaction of one message; simulated first, so that a refusal costs nothing. */
  async send(value) {
    const message = { typeUrl: EXECUTE, value: { sender: this.address, ...value } };
    const gas = await asked(this.node, () => this.client.simulate(this.address, [message], ""));
    const { amount, ...limit } = calculateFee(Math.ceil(gas * GAS_MARGIN), this.gasPrice);
    const fee = { ...limit, amount: amount.filter((coin) => coin.amount !== "0") };
    const done = await asked(this.node, () => this.client.signAndBroadcast(this.address, [message], fee));
    if (done.code !== 0) throw refusal(done.rawLog) ?? new AppError("app/refused", done.rawLog);
    return done;
  }
}

export class Contract {
  constructor(chain, schema, at) {
    Object.assign(this, { chain, schema, at });
  }

  /** The account's own address. */
  get sender() {
    return this.chain.address;
  }

  async query(message) {
    this.schema.checkQuery(message);
    const answer = await asked(this.chain.node, () => this.chain.client.queryContractSmart(this.at, message));
    this.schema.checkAnswer(Object.keys(message)[0], answer);
    return answer;
  }

  /** The transaction's hash, and the attributes of an event of this contract in it. */
  async execute(message, funds, event) {
    this.schema.checkExecute(message);
    const msg = Buffer.from(JSON.stringify(message));
    const done = await this.chain.send({ contract: this.at, msg, funds });
    return { tx: done.transactionHash, event: attributes(done.events, this.at, event) };
  }
}

/** Only the runtime writes `_contract_address`, so no other contract's event can pass for it. */
export function attributes(events, contract, name) {
  for (const event of events.filter((e) => e.type === `wasm-${name}`)) {
    const found = Object.fromEntries(event.attributes.map(({ key, value }) => [key, value]));
    if (found._contract_address === contract) return found;
  }
  throw new AppError("app/no_event", `the transaction has no event ${name} of ${contract}`);
}

/** What a contract refused, with the contract's own code; null where it was not a contract. */
export function refusal(text) {
  const said = /\b[a-z]+\/[a-z_]+: .*?(?=: (?:execute|query) wasm contract failed)/s.exec(text);
  if (said === null) return null;
  const [code, ...rest] = said[0].split(": ");
  return new AppError(code, rest.join(": "));
}

async function asked(node, call) {
  try {
    return await call();
  } catch (error) {
    throw refusal(error.message) ?? new AppError("app/node", `${node}: ${error.cause?.message || error.message}`);
  }
}
