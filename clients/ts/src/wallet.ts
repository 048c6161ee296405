// Accounts in a wallet with Keplr's interface: Keplr, Leap, and what else speaks it.

import type { StdSignature } from "@cosmjs/amino";
import { fromBase64 } from "@cosmjs/encoding";
import type { AccountData, OfflineSigner } from "@cosmjs/proto-signing";

import type { Account } from "./account.js";
import { textOf, VitalsError } from "./errors.js";
import type { Network } from "./network.js";

/** The part of Keplr's interface that is used (`window.keplr`, `window.leap`). */
export interface WalletProvider {
  enable(chainId: string): Promise<void>;
  experimentalSuggestChain(chain: SuggestedChain): Promise<void>;
  getKey(
    chainId: string,
  ): Promise<{ bech32Address: string; pubKey: Uint8Array; name?: string; isNanoLedger?: boolean }>;
  getOfflineSignerAuto?(chainId: string): Promise<OfflineSigner>;
  getOfflineSignerOnlyAmino(chainId: string): OfflineSigner;
  signArbitrary(chainId: string, signer: string, data: string | Uint8Array): Promise<StdSignature>;
  defaultOptions?: { sign?: { preferNoSetFee?: boolean; preferNoSetMemo?: boolean } };
}

/** What a wallet is told of a chain it does not know. */
export interface SuggestedChain {
  chainId: string;
  chainName: string;
  rpc: string;
  rest: string;
  bip44: { coinType: number };
  bech32Config: Record<`bech32Prefix${"Acc" | "Val" | "Cons"}${"Addr" | "Pub"}`, string>;
  currencies: Currency[];
  feeCurrencies: (Currency & { gasPriceStep: { low: number; average: number; high: number } })[];
  stakeCurrency: Currency;
}

interface Currency {
  coinDenom: string;
  coinMinimalDenom: string;
  coinDecimals: number;
}

/** The wallets that this page has, by name: `keplr`, `leap`. */
export function wallets(page: object = globalThis): Map<string, WalletProvider> {
  const found = page as Partial<Record<string, WalletProvider>>;
  return new Map(
    ["keplr", "leap"].flatMap((name) => {
      const provider = found[name];
      return provider ? [[name, provider] as const] : [];
    }),
  );
}

/**
 * The wallet's account on the network. The wallet is told of the chain where it does not know it, and
 * asks its user to allow the connection.
 * @throws VitalsError `wallet/refused` where the user says no, `wallet/wrong_chain` where the wallet knows another chain
 * by this name, `wallet/failed` else
 */
export async function walletAccount(provider: WalletProvider, network: Network): Promise<Account> {
  const { chainId } = network;
  await enable(provider, network);
  // the fee is simulated here, and its payer may be somebody else
  provider.defaultOptions = { sign: { preferNoSetFee: true } };
  const key = await asked(() => provider.getKey(chainId));
  ofNetwork(key.bech32Address, network);
  const signer = await asked(
    () => provider.getOfflineSignerAuto?.(chainId) ?? Promise.resolve(provider.getOfflineSignerOnlyAmino(chainId)),
  );
  return {
    address: key.bech32Address,
    publicKey: key.pubKey,
    signer: asking(signer),
    async signArbitrary(data) {
      const { signature } = await asked(() => provider.signArbitrary(chainId, key.bech32Address, data));
      return fromBase64(signature);
    },
  };
}

/** Calls back when the user switches accounts in the wallet; ask for `walletAccount` anew. Returns what stops it. */
export function onAccountChanged(
  changed: () => void,
  page: EventTarget = globalThis as unknown as EventTarget,
): () => void {
  const names = ["keplr_keystorechange", "leap_keystorechange"];
  for (const name of names) page.addEventListener(name, changed);
  return () => {
    for (const name of names) page.removeEventListener(name, changed);
  };
}

/** A chain that the wallet does not know is suggested once; a refusal is not asked again. */
async function enable(provider: WalletProvider, network: Network): Promise<void> {
  try {
    await asked(() => provider.enable(network.chainId));
  } catch (error) {
    if (error instanceof VitalsError && error.code === "wallet/refused") throw error;
    await asked(() => provider.experimentalSuggestChain(suggested(network)));
    await asked(() => provider.enable(network.chainId));
  }
}

function ofNetwork(address: string, { chainId, prefix }: Network): void {
  if (address.startsWith(`${prefix}1`)) return;
  throw new VitalsError(
    "wallet/wrong_chain",
    `for ${chainId} the wallet has ${address}, which is no ${prefix}1… address`,
  );
}

/** What a wallet needs to know of the network. It has no REST endpoint of its own: wallets sign here and do not send. */
export function suggested({ chainId, node, prefix, denom, gasPrice }: Network): SuggestedChain {
  const currency = {
    coinDenom: denom.replace(/^u/, "").toUpperCase(),
    coinMinimalDenom: denom,
    coinDecimals: denom.startsWith("u") ? 6 : 0,
  };
  const price = Number.parseFloat(gasPrice);
  return {
    chainId,
    chainName: chainId,
    rpc: node,
    rest: node,
    bip44: { coinType: 118 },
    bech32Config: {
      bech32PrefixAccAddr: prefix,
      bech32PrefixAccPub: `${prefix}pub`,
      bech32PrefixValAddr: `${prefix}valoper`,
      bech32PrefixValPub: `${prefix}valoperpub`,
      bech32PrefixConsAddr: `${prefix}valcons`,
      bech32PrefixConsPub: `${prefix}valconspub`,
    },
    currencies: [currency],
    feeCurrencies: [{ ...currency, gasPriceStep: { low: price, average: price, high: price } }],
    stakeCurrency: currency,
  };
}

/** The signer, with its user's refusal as an error of this client. */
function asking(signer: OfflineSigner): OfflineSigner {
  const getAccounts = (): Promise<readonly AccountData[]> => asked(() => signer.getAccounts());
  if ("signDirect" in signer) {
    return { getAccounts, signDirect: (address, doc) => asked(() => signer.signDirect(address, doc)) };
  }
  return { getAccounts, signAmino: (address, doc) => asked(() => signer.signAmino(address, doc)) };
}

/** Wallets word a refusal each in their own way. */
const REFUSED = /reject|declin|denied|refus|cancel/i;

async function asked<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const text = textOf(cause);
    if (REFUSED.test(text)) throw new VitalsError("wallet/refused", text, { cause });
    throw new VitalsError("wallet/failed", text, { cause });
  }
}
