import { makeSignDoc, Secp256k1HdWallet } from "@cosmjs/amino";
import { beforeEach, expect, test, vi } from "vitest";

import { arbitrarySignDoc, localAccount } from "../src/account.js";
import { loadNetwork } from "../src/network.js";
import { onAccountChanged, suggested, type WalletProvider, walletAccount, wallets } from "../src/wallet.js";
import { CONFIG, WORDS } from "./config.js";

const network = loadNetwork(CONFIG);
let amino: Secp256k1HdWallet;

beforeEach(async () => {
  amino = await Secp256k1HdWallet.fromMnemonic(WORDS, { prefix: "wasm" });
});

/** A wallet with Keplr's interface, on the words of the tests. */
function provider(other: Partial<WalletProvider> = {}): WalletProvider {
  return {
    enable: vi.fn().mockResolvedValue(undefined),
    experimentalSuggestChain: vi.fn().mockResolvedValue(undefined),
    async getKey() {
      const [account] = await amino.getAccounts();
      if (!account) throw new Error("no account");
      return { bech32Address: account.address, pubKey: account.pubkey };
    },
    getOfflineSignerOnlyAmino: () => amino,
    async signArbitrary(_chain, signer, data) {
      const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
      return (await amino.signAmino(signer, arbitrarySignDoc(bytes, signer))).signature;
    },
    ...other,
  };
}

test("a wallet's account signs as the same words do here", async () => {
  const own = await localAccount(WORDS, "wasm");
  const account = await walletAccount(provider(), network);
  expect(account.address).toBe(own.address);
  const data = new Uint8Array([7]);
  expect(await account.signArbitrary(data)).toEqual(await own.signArbitrary(data));
});

test("the signer that the wallet thinks best is asked for where there is one", async () => {
  const getOfflineSignerAuto = vi.fn().mockResolvedValue(amino);
  await walletAccount(provider({ getOfflineSignerAuto }), network);
  expect(getOfflineSignerAuto).toHaveBeenCalledWith("vitals-local-1");
});

test("a wallet that does not know the chain is told of it, and enabled again", async () => {
  const enable = vi
    .fn()
    .mockRejectedValueOnce(new Error("There is no chain info for vitals-local-1"))
    .mockResolvedValue(undefined);
  const wallet = provider({ enable });
  await walletAccount(wallet, network);
  expect(wallet.experimentalSuggestChain).toHaveBeenCalledWith(suggested(network));
  expect(enable).toHaveBeenCalledTimes(2);
  expect(suggested(network)).toMatchObject({
    rpc: "http://127.0.0.1:26657",
    currencies: [{ coinDenom: "VITAL", coinDecimals: 6 }],
  });
});

test.each(["Request rejected", "Transaction declined", "User denied the request", "Cancelled"])(
  "%s is the user's refusal, and is not asked again",
  async (said) => {
    const wallet = provider({ enable: vi.fn().mockRejectedValue(new Error(said)) });
    await expect(walletAccount(wallet, network)).rejects.toMatchObject({ code: "wallet/refused" });
    expect(wallet.experimentalSuggestChain).not.toHaveBeenCalled();
  },
);

test("an account with another network's prefix is not taken for this one's", async () => {
  const cosmos = await Secp256k1HdWallet.fromMnemonic(WORDS, { prefix: "cosmos" });
  const [account] = await cosmos.getAccounts();
  if (!account) throw new Error("no account");
  const getKey = () => Promise.resolve({ bech32Address: account.address, pubKey: account.pubkey });
  await expect(walletAccount(provider({ getKey }), network)).rejects.toMatchObject({ code: "wallet/wrong_chain" });
});

test("a refusal to sign is the user's too, anything else is the wallet's fault", async () => {
  const signAmino = vi
    .fn()
    .mockRejectedValueOnce(new Error("Request rejected"))
    .mockRejectedValue(new Error("device is locked"));
  const signer = { getAccounts: () => amino.getAccounts(), signAmino };
  const account = await walletAccount(provider({ getOfflineSignerOnlyAmino: () => signer }), network);
  const sign = () =>
    "signAmino" in account.signer
      ? account.signer.signAmino(account.address, makeSignDoc([], { amount: [], gas: "0" }, "", "", 0, 0))
      : undefined;
  await expect(sign()).rejects.toMatchObject({ code: "wallet/refused" });
  await expect(sign()).rejects.toMatchObject({ code: "wallet/failed" });
});

test("the wallets of a page are found by name", () => {
  const [keplr, leap] = [provider(), provider()];
  expect([...wallets({ leap, keplr }).keys()]).toEqual(["keplr", "leap"]);
  expect(wallets({}).size).toBe(0);
});

test("a switch of accounts is told until nobody listens any more", () => {
  const [page, changed] = [new EventTarget(), vi.fn()];
  const stop = onAccountChanged(changed, page);
  page.dispatchEvent(new Event("keplr_keystorechange"));
  page.dispatchEvent(new Event("leap_keystorechange"));
  stop();
  page.dispatchEvent(new Event("keplr_keystorechange"));
  expect(changed).toHaveBeenCalledTimes(2);
});
