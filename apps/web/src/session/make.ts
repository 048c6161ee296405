/** New secrets, drawn in this browser. */
import { core } from "../worker/pool";

/** 24 English words (BIP-39, 256 bits). Loaded when somebody wants them. */
export async function newMnemonic(): Promise<string> {
  const [{ generateMnemonic }, { wordlist }] = await Promise.all([
    import("@scure/bip39"),
    import("@scure/bip39/wordlists/english.js"),
  ]);
  return generateMnemonic(wordlist, 256);
}

/** `AGE-SECRET-KEY-1…`, by the core. */
export async function newIdentity(): Promise<string> {
  return core().ask("newIdentity", {});
}
