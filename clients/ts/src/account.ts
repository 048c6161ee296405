// Who signs: transactions, and requests to vaults.

import { makeSignDoc, Secp256k1HdWallet, type StdSignDoc } from "@cosmjs/amino";
import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { DirectSecp256k1HdWallet, type OfflineSigner } from "@cosmjs/proto-signing";

import { textOf, VitalsError } from "./errors.js";
import type { Payload } from "./request.js";

/** An account that can sign. */
export interface Account {
  /** Bech32, lower case. */
  readonly address: string;
  /** Compressed secp256k1, 33 bytes. */
  readonly publicKey: Uint8Array;
  /** Signs transactions; a wallet asks its user each time. */
  readonly signer: OfflineSigner;
  /**
   * Signs bytes that are no transaction, by ADR-036; a wallet shows its user a text as it is. Gives `r` and `s`,
   * 64 bytes.
   * @throws VitalsError `wallet/refused` where its user says no
   */
  signArbitrary(data: Uint8Array | string): Promise<Uint8Array>;
  /**
   * The `authorization` header of a request that reads, by a session: see `withSessions`. `renew`: a vault took the
   * session as over.
   */
  authorizeRead?(payload: Payload, renew?: boolean): Promise<string>;
  /** Forgets the session's key. What is read from then on fails. */
  endSession?(): void;
}

/**
 * The document that is signed over bytes which are no transaction:
 * https://github.com/cosmos/cosmos-sdk/blob/main/docs/architecture/adr-036-arbitrary-signature.md
 */
export function arbitrarySignDoc(data: Uint8Array | string, address: string): StdSignDoc {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  const message = { type: "sign/MsgSignData", value: { signer: address, data: toBase64(bytes) } };
  return makeSignDoc([message], { amount: [], gas: "0" }, "", "", 0, 0);
}

/**
 * The account of a mnemonic that this program holds (path m/44'/118'/0'/0/0), for local networks,
 * services and tests. People's keys belong in a wallet: see `walletAccount`.
 * @param prefix of the network's addresses
 * @throws VitalsError `account/mnemonic`, which does not repeat the words
 */
export async function localAccount(mnemonic: string, prefix: string): Promise<Account> {
  const [direct, amino] = await Promise.all([
    DirectSecp256k1HdWallet.fromMnemonic(mnemonic, { prefix }),
    Secp256k1HdWallet.fromMnemonic(mnemonic, { prefix }),
  ]).catch((cause: unknown) => {
    throw new VitalsError("account/mnemonic", `the words make no account: ${textOf(cause)}`);
  });
  const [first] = await direct.getAccounts();
  if (!first) throw new VitalsError("account/mnemonic", "the words make no account");
  return {
    address: first.address,
    publicKey: first.pubkey,
    signer: direct,
    async signArbitrary(data) {
      const { signature } = await amino.signAmino(first.address, arbitrarySignDoc(data, first.address));
      return fromBase64(signature.signature);
    },
  };
}
