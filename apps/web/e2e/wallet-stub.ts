/**
 * A wallet that speaks Keplr's interface on the app's pages. What it signs, it signs with real keys, so that chain and
 * vaults take it; what its user is asked is counted, and answered as the test says.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type * as Amino from "../../../clients/ts/node_modules/@cosmjs/amino";
import type * as Signing from "../../../clients/ts/node_modules/@cosmjs/proto-signing";
import type { Person } from "./harness";
import { ROOT } from "./service";

// the client's own CosmJS: the app's tests bring none
const require = createRequire(join(ROOT, "clients/ts/package.json"));
const { makeSignDoc, Secp256k1HdWallet } = require("@cosmjs/amino") as typeof Amino;
const { DirectSecp256k1HdWallet } = require("@cosmjs/proto-signing") as typeof Signing;

/** What a wallet asks its user. */
export type Prompt = "enable" | "suggest" | "transaction" | "message";

/** As Keplr words it. */
const REJECTED = "Request rejected";

interface Call {
  method: string;
  chainId: string;
  signer: string;
  /** Base64 of bytes, or JSON of an amino document. */
  document: string;
  accountNumber: string;
}

/** `keplr` or `leap` on every page of a person's window, from before the app's own scripts on. */
export class Wallet {
  /** What its user was asked so far, in order. */
  readonly prompts: Prompt[] = [];
  /** What its user says no to. */
  readonly refuses = new Set<Prompt>();
  /** Chains that it knows, each with its addresses' prefix. */
  readonly chains = new Map<string, string>();
  private readonly enabled = new Set<string>();
  private chosen = 0;

  private constructor(
    readonly name: "keplr" | "leap",
    private readonly words: readonly string[],
    private readonly page: Page,
  ) {}

  /** @param words of its accounts, of which the first is chosen */
  static async install(
    { context, page }: Person,
    name: "keplr" | "leap",
    words: readonly string[],
    signs: "direct" | "amino" = "direct",
  ): Promise<Wallet> {
    const wallet = new Wallet(name, words, page);
    await context.exposeFunction(`${name}Host`, (call: Call) => wallet.answer(call));
    await context.addInitScript(injected, { name, signs });
    return wallet;
  }

  /** Its user chooses another account; the wallet tells every page. */
  async choose(account: number): Promise<void> {
    this.chosen = account;
    await this.page.evaluate((event) => window.dispatchEvent(new Event(event)), `${this.name}_keystorechange`);
  }

  count(prompt: Prompt): number {
    return this.prompts.filter((one) => one === prompt).length;
  }

  /** What went wrong goes over as text: an error loses its words between processes. */
  private async answer(call: Call): Promise<{ value?: unknown; error?: string }> {
    try {
      return { value: await this.done(call) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }

  private async done(call: Call): Promise<unknown> {
    switch (call.method) {
      case "enable":
        return this.enable(call.chainId);
      case "suggest":
        return this.suggest(call.document);
      case "getKey":
        return this.key(call.chainId);
      case "signDirect":
        return this.signDirect(call);
      case "signAmino":
        return this.signAmino(call);
      case "signArbitrary":
        return this.signArbitrary(call);
      default:
        throw new Error(`the wallet has no ${call.method}`);
    }
  }

  private ask(prompt: Prompt): void {
    this.prompts.push(prompt);
    if (this.refuses.has(prompt)) throw new Error(REJECTED);
  }

  private enable(chainId: string): void {
    this.prefix(chainId);
    if (this.enabled.has(chainId)) return;
    this.ask("enable");
    this.enabled.add(chainId);
  }

  private suggest(document: string): void {
    this.ask("suggest");
    const { chainId, bech32Config } = JSON.parse(document);
    this.chains.set(chainId, bech32Config.bech32PrefixAccAddr);
    this.enabled.delete(chainId);
  }

  private prefix(chainId: string): string {
    const prefix = this.chains.get(chainId);
    if (prefix === undefined) throw new Error(`There is no chain info for ${chainId}`);
    return prefix;
  }

  private mnemonic(): string {
    return this.words[this.chosen] ?? "";
  }

  private async key(chainId: string): Promise<object> {
    const wallet = await Secp256k1HdWallet.fromMnemonic(this.mnemonic(), { prefix: this.prefix(chainId) });
    const [account] = await wallet.getAccounts();
    if (!account) throw new Error("the wallet has no account");
    return { bech32Address: account.address, pubKey: Buffer.from(account.pubkey).toString("base64") };
  }

  private async signDirect({ chainId, signer, document, accountNumber }: Call): Promise<string> {
    const wallet = await DirectSecp256k1HdWallet.fromMnemonic(this.mnemonic(), { prefix: this.prefix(chainId) });
    this.ask("transaction");
    const { bodyBytes, authInfoBytes } = JSON.parse(document) as Record<"bodyBytes" | "authInfoBytes", string>;
    const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "base64"));
    const signed = await wallet.signDirect(signer, {
      bodyBytes: bytes(bodyBytes),
      authInfoBytes: bytes(authInfoBytes),
      chainId,
      accountNumber: BigInt(accountNumber),
    });
    return JSON.stringify(signed.signature);
  }

  private async signAmino({ chainId, signer, document }: Call): Promise<string> {
    const wallet = await Secp256k1HdWallet.fromMnemonic(this.mnemonic(), { prefix: this.prefix(chainId) });
    this.ask("transaction");
    return JSON.stringify((await wallet.signAmino(signer, JSON.parse(document))).signature);
  }

  /** ADR-036, as Keplr makes the document. */
  private async signArbitrary({ chainId, signer, document }: Call): Promise<string> {
    const wallet = await Secp256k1HdWallet.fromMnemonic(this.mnemonic(), { prefix: this.prefix(chainId) });
    this.ask("message");
    const message = { type: "sign/MsgSignData", value: { signer, data: document } };
    const asked = makeSignDoc([message], { gas: "0", amount: [] }, "", "", 0, 0);
    return JSON.stringify((await wallet.signAmino(signer, asked)).signature);
  }
}

/** Runs on the page, before anything of it: it can use nothing from here. */
function injected({ name, signs }: { name: string; signs: "direct" | "amino" }): void {
  const page = window as unknown as Record<string, unknown>;
  const host = page[`${name}Host`] as (call: object) => Promise<{ value?: unknown; error?: string }>;
  const ask = async (method: string, call: object): Promise<unknown> => {
    const { value, error } = await host({ method, chainId: "", signer: "", document: "", accountNumber: "0", ...call });
    if (error !== undefined) throw new Error(error);
    return value;
  };
  const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const bytesOf = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const key = async (chainId: string) => {
    const found = (await ask("getKey", { chainId })) as { bech32Address: string; pubKey: string };
    return { ...found, pubKey: bytesOf(found.pubKey), name: "test", algo: "secp256k1", isNanoLedger: false };
  };
  type Direct = { bodyBytes: Uint8Array; authInfoBytes: Uint8Array; accountNumber: { toString(): string } };
  const signDirect = async (chainId: string, signer: string, signed: Direct) => {
    const { bodyBytes, authInfoBytes, accountNumber } = signed;
    const document = JSON.stringify({ bodyBytes: base64(bodyBytes), authInfoBytes: base64(authInfoBytes) });
    const call = { chainId, signer, document, accountNumber: accountNumber.toString() };
    return { signed, signature: JSON.parse((await ask("signDirect", call)) as string) };
  };
  const signAmino = async (chainId: string, signer: string, signed: object) => {
    const signature = await ask("signAmino", { chainId, signer, document: JSON.stringify(signed) });
    return { signed, signature: JSON.parse(signature as string) };
  };
  const accounts = (chainId: string) => async () => {
    const { bech32Address, pubKey } = await key(chainId);
    return [{ address: bech32Address, pubkey: pubKey, algo: "secp256k1" }];
  };
  const onlyAmino = (chainId: string) => ({
    getAccounts: accounts(chainId),
    signAmino: (signer: string, document: object) => signAmino(chainId, signer, document),
  });
  const both = (chainId: string) => ({
    ...onlyAmino(chainId),
    signDirect: (signer: string, document: Direct) => signDirect(chainId, signer, document),
  });
  page[name] = {
    version: "0.12.0",
    mode: "extension",
    defaultOptions: {},
    enable: (chainId: string) => ask("enable", { chainId }),
    experimentalSuggestChain: (chain: object) => ask("suggest", { document: JSON.stringify(chain) }),
    getKey: key,
    getOfflineSigner: both,
    getOfflineSignerOnlyAmino: onlyAmino,
    getOfflineSignerAuto: async (chainId: string) => (signs === "amino" ? onlyAmino(chainId) : both(chainId)),
    signDirect,
    signAmino,
    signArbitrary: async (chainId: string, signer: string, data: string | Uint8Array) => {
      const document = base64(typeof data === "string" ? new TextEncoder().encode(data) : data);
      return JSON.parse((await ask("signArbitrary", { chainId, signer, document })) as string);
    },
  };
}
