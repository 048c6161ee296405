// One deployment as one account sees it.

import type { EncodeObject } from "@cosmjs/proto-signing";
import { calculateFee, GasPrice, type IndexedTx, type StdFee } from "@cosmjs/stargate";

import type { Account } from "./account.js";
import { addresses, eventsOf, type VitalsEvent } from "./chain-events.js";
import type { ContractCall, ContractName, Queried } from "./contract.js";
import { contractError, VitalsError } from "./errors.js";
import { type EventFilter, type Followed, follow, type OnState, type Unfollow } from "./follow.js";
import { AnchorQueries } from "./generated/anchor.js";
import { CareQueries } from "./generated/care.js";
import { ClaimsQueries } from "./generated/claims.js";
import { ConsentQueries } from "./generated/consent.js";
import { RegistryQueries } from "./generated/registry.js";
import { included } from "./inclusion.js";
import type { Network } from "./network.js";
import { ChainNode, type Head } from "./node.js";
import { type AccountNumbers, Signing } from "./signing.js";

const EXECUTE = "/cosmwasm.wasm.v1.MsgExecuteContract";
/** What a transaction may use above what its simulation did: state may change in between. */
const GAS_MARGIN = 1.4;

/** How a transaction is sent. */
export interface SendOptions {
  /** Public for ever: say nothing of a person in it. */
  readonly memo?: string;
  /** Who pays the fee, by an allowance on the chain; the network's `feeGranter` where absent, nobody where `null`. */
  readonly feeGranter?: string | null;
}

/** A transaction in a block, all of whose messages were executed. */
export interface Sent {
  /** Upper-case hex. */
  readonly hash: string;
  readonly height: number;
  readonly gasUsed: bigint;
  /** Of this deployment's contracts. */
  readonly events: readonly VitalsEvent[];
}

/** Queries, transactions and events of one deployment. */
export class Vitals implements Queried {
  readonly consent: ConsentQueries;
  readonly registry: RegistryQueries;
  readonly anchor: AnchorQueries;
  readonly care: CareQueries;
  readonly claims: ClaimsQueries;

  private readonly signing: Signing | undefined;
  private sending: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly network: Network,
    readonly node: ChainNode,
    /** Who signs; without one, only queries and events are to be had. */
    readonly account: Account | undefined,
  ) {
    const at = addresses(network.deployment);
    this.consent = new ConsentQueries(node, at.consent);
    this.registry = new RegistryQueries(node, at.registry);
    this.anchor = new AnchorQueries(node, at.anchor);
    this.care = new CareQueries(node, at.care);
    this.claims = new ClaimsQueries(node, at.claims);
    this.signing = account && new Signing(node, network.chainId, account);
  }

  /** @throws VitalsError `node/unreachable`, `node/wrong_chain` */
  static async connect(network: Network, account?: Account): Promise<Vitals> {
    return new Vitals(network, await ChainNode.connect(network), account);
  }

  /** The same connection for another account, or for none. */
  withAccount(account: Account | undefined): Vitals {
    return new Vitals(this.network, this.node, account);
  }

  /** The newest block of the node. */
  head(): Promise<Head> {
    return this.node.head();
  }

  smart<Answer>(address: string, query: object): Promise<Answer> {
    return this.node.smart(address, query);
  }

  /** Where a contract is. */
  addressOf(contract: ContractName): string {
    return addresses(this.network.deployment)[contract];
  }

  /**
   * Sends calls as the messages of one transaction, all or none, and waits until it is in a block. It is
   * simulated first, so that a refusal costs nothing. Calls of one `Vitals` go one after the other.
   * @throws VitalsError with the code of the contract that refused, `wallet/refused`, `tx/fee`,
   * `tx/sequence`, `tx/rejected`, `account/none`, `account/unknown`, `node/…`: nothing was sent; `tx/failed`: it
   * is in a block and did nothing; `tx/timeout`: it left, and may still be included
   */
  send(calls: ContractCall | readonly ContractCall[], options: SendOptions = {}): Promise<Sent> {
    const sent = this.sending.then(() => this.sendNow(calls, options));
    this.sending = sent.catch(() => undefined);
    return sent;
  }

  /** The fee that `send` would offer, and what the calls are refused with where they are. */
  async estimate(calls: ContractCall | readonly ContractCall[], options: SendOptions = {}): Promise<StdFee> {
    const { signing, address } = this.signer();
    return this.fee(signing, address, this.encoded(calls, address), options, await signing.numbers());
  }

  /** Events from now on, or from a height on: see `follow`. */
  follow(filter: EventFilter, onEvent: (event: Followed) => void, onState?: OnState): Unfollow {
    return follow(this.network, this.node, filter, onEvent, onState);
  }

  private signer(): { signing: Signing; address: string } {
    if (this.signing && this.account) return { signing: this.signing, address: this.account.address };
    throw new VitalsError("account/none", "there is no account to sign with");
  }

  private async sendNow(calls: ContractCall | readonly ContractCall[], options: SendOptions): Promise<Sent> {
    const { signing, address } = this.signer();
    const { memo = "" } = options;
    const messages = this.encoded(calls, address);
    const numbers = await signing.numbers();
    const fee = await this.fee(signing, address, messages, options, numbers);
    const signed = await signing.sign(messages, fee, memo, numbers);
    return this.read(await included(signing.client, this.node.url, signed));
  }

  private encoded(calls: ContractCall | readonly ContractCall[], sender: string): EncodeObject[] {
    const list = "contract" in calls ? [calls] : calls;
    if (list.length === 0) throw new VitalsError("tx/empty", "there is nothing to send");
    return list.map(({ contract, msg, funds = [] }) => ({
      typeUrl: EXECUTE,
      value: {
        sender,
        contract: typeof contract === "string" ? this.addressOf(contract) : contract.token,
        msg: new TextEncoder().encode(JSON.stringify(msg)),
        funds: [...funds],
      },
    }));
  }

  private async fee(
    signing: Signing,
    address: string,
    messages: readonly EncodeObject[],
    options: SendOptions,
    numbers: AccountNumbers,
  ): Promise<StdFee> {
    const used = await signing.simulate(messages, options.memo ?? "", numbers);
    const { amount, gas } = calculateFee(Math.ceil(used * GAS_MARGIN), GasPrice.fromString(this.network.gasPrice));
    const granter = options.feeGranter === undefined ? this.network.feeGranter : options.feeGranter;
    const fee = { amount: amount.filter((coin) => coin.amount !== "0"), gas };
    return granter && granter !== address ? { ...fee, granter } : fee;
  }

  private read(done: IndexedTx): Sent {
    if (done.code !== 0) throw failed(done);
    return {
      hash: done.hash,
      height: done.height,
      gasUsed: done.gasUsed,
      events: eventsOf(this.network.deployment, done.events),
    };
  }
}

function failed({ rawLog, hash }: IndexedTx): VitalsError {
  return contractError(rawLog) ?? new VitalsError("tx/failed", `${hash} failed: ${rawLog}`);
}
