// From messages to a signed transaction.
//
// CosmJS's own signing client holds account numbers to 53 bits. SDK 0.54 draws them from 64, so that client cannot sign
// for an account that was not there at genesis. What is signed is made here of CosmJS's parts.

import { encodeSecp256k1Pubkey, type OfflineAminoSigner, type StdSignDoc } from "@cosmjs/amino";
import { CosmWasmClient, createWasmAminoConverters, wasmTypes } from "@cosmjs/cosmwasm";
import { fromBase64 } from "@cosmjs/encoding";
import {
  type EncodeObject,
  encodePubkey,
  isOfflineDirectSigner,
  makeAuthInfoBytes,
  makeSignDoc,
  type OfflineDirectSigner,
  Registry,
} from "@cosmjs/proto-signing";
import {
  AminoTypes,
  accountFromAny,
  defaultRegistryTypes,
  QueryClient,
  type StdFee,
  setupAuthExtension,
  setupTxExtension,
} from "@cosmjs/stargate";
import { BaseAccount } from "cosmjs-types/cosmos/auth/v1beta1/auth";
import { SignMode } from "cosmjs-types/cosmos/tx/signing/v1beta1/signing";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";

import type { Account } from "./account.js";
import { textOf, VitalsError } from "./errors.js";
import { asked, type ChainNode } from "./node.js";

const TX_BODY = "/cosmos.tx.v1beta1.TxBody";

/** What the chain keeps of an account, and every signature of it is over. */
export interface AccountNumbers {
  readonly accountNumber: bigint;
  /** Of its next transaction. */
  readonly sequence: number;
}

/** Signs for one account with whatever its signer can. */
export class Signing {
  private readonly registry = new Registry([...defaultRegistryTypes, ...wasmTypes]);
  private readonly amino = new AminoTypes(createWasmAminoConverters());
  private readonly pubkey;
  private readonly queries;
  /** What sends. */
  readonly client: CosmWasmClient;

  constructor(
    private readonly node: ChainNode,
    private readonly chainId: string,
    private readonly account: Account,
  ) {
    this.pubkey = encodeSecp256k1Pubkey(account.publicKey);
    this.client = CosmWasmClient.create(node.comet);
    this.queries = QueryClient.withExtensions(node.comet, setupAuthExtension, setupTxExtension);
  }

  /** @throws VitalsError `account/unknown` where the chain has never seen the account */
  async numbers(): Promise<AccountNumbers> {
    const { address } = this.account;
    const found = await asked(this.node.url, () => this.queries.auth.account(address).catch(absentAsNull));
    if (!found) throw new VitalsError("account/unknown", `${address} is not on the chain`);
    const { accountNumber, sequence } = found.typeUrl.endsWith(".BaseAccount")
      ? BaseAccount.decode(found.value)
      : accountFromAny(found);
    return { accountNumber: BigInt(accountNumber), sequence: Number(sequence) };
  }

  /** Gas that the messages would use now. Fails as the transaction would. */
  async simulate(messages: readonly EncodeObject[], memo: string, { sequence }: AccountNumbers): Promise<number> {
    const packed = messages.map((message) => this.registry.encodeAsAny(message));
    const { gasInfo } = await asked(this.node.url, () => this.queries.tx.simulate(packed, memo, this.pubkey, sequence));
    return Number(gasInfo?.gasUsed ?? 0n);
  }

  /** The bytes of a signed transaction. */
  sign(messages: readonly EncodeObject[], fee: StdFee, memo: string, numbers: AccountNumbers): Promise<Uint8Array> {
    const { signer } = this.account;
    if (isOfflineDirectSigner(signer)) return this.signDirect(signer, messages, fee, memo, numbers);
    return this.signAmino(signer, messages, fee, memo, numbers);
  }

  private async signDirect(
    signer: OfflineDirectSigner,
    messages: readonly EncodeObject[],
    fee: StdFee,
    memo: string,
    { accountNumber, sequence }: AccountNumbers,
  ): Promise<Uint8Array> {
    const authInfo = this.authInfo(fee, sequence);
    // it makes a bigint of what it is given: one is no less than it expects
    const document = makeSignDoc(this.body(messages, memo), authInfo, this.chainId, accountNumber as unknown as number);
    const { signed, signature } = await signer.signDirect(this.account.address, document);
    return raw(signed.bodyBytes, signed.authInfoBytes, signature.signature);
  }

  private async signAmino(
    signer: OfflineAminoSigner,
    messages: readonly EncodeObject[],
    fee: StdFee,
    memo: string,
    { accountNumber, sequence }: AccountNumbers,
  ): Promise<Uint8Array> {
    const document: StdSignDoc = {
      chain_id: this.chainId,
      account_number: String(accountNumber),
      sequence: String(sequence),
      fee,
      msgs: messages.map((message) => this.amino.toAmino(message)),
      memo,
    };
    const { signed, signature } = await signer.signAmino(this.account.address, document);
    const body = this.body(
      signed.msgs.map((message) => this.amino.fromAmino(message)),
      signed.memo,
    );
    const authInfo = this.authInfo(signed.fee, Number(signed.sequence), SignMode.SIGN_MODE_LEGACY_AMINO_JSON);
    return raw(body, authInfo, signature.signature);
  }

  private body(messages: readonly EncodeObject[], memo: string): Uint8Array {
    return this.registry.encode({ typeUrl: TX_BODY, value: { messages, memo } });
  }

  private authInfo({ amount, gas, granter, payer }: StdFee, sequence: number, mode?: SignMode): Uint8Array {
    const signers = [{ pubkey: encodePubkey(this.pubkey), sequence }];
    return makeAuthInfoBytes(signers, amount, Number(gas), granter, payer, mode);
  }
}

function raw(bodyBytes: Uint8Array, authInfoBytes: Uint8Array, signature: string): Uint8Array {
  return TxRaw.encode(TxRaw.fromPartial({ bodyBytes, authInfoBytes, signatures: [fromBase64(signature)] })).finish();
}

function absentAsNull(error: unknown): null {
  if (/code = NotFound/i.test(textOf(error))) return null;
  throw error;
}
