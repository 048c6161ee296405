/** An account as a file under a passphrase (age, scrypt): what a lost browser would take with it. */
import type { Network } from "@cw-vitals/client";
import { VitalsError } from "@cw-vitals/client/errors";
import { unwrapWithPassphrase, wrapWithPassphrase } from "./passphrase";
import type { OpenAccount, Secrets, WalletKind } from "./types";

type Bytes = Uint8Array<ArrayBuffer>;
type Chain = Pick<Network, "chainId">;

export interface AccountFile {
  address: string;
  label: string;
  wallet: WalletKind;
  /** Without what can be found out again, such as what a key agent remembers. */
  secrets: Omit<Secrets, "agent">;
}

const KIND = "account";
const VERSION = 1;

type Open = Pick<OpenAccount, "account" | "label" | "wallet" | "secrets">;

export function accountFile({ chainId }: Chain, open: Open, passphrase: string): Promise<Bytes> {
  const { account, label, wallet, secrets } = open;
  const { agent: _, ...kept } = secrets;
  const file: AccountFile = { address: account.address, label, wallet, secrets: kept };
  const text = JSON.stringify({ cw_vitals: KIND, version: VERSION, chain_id: chainId, ...file });
  return wrapWithPassphrase(passphrase, new TextEncoder().encode(text));
}

/** @throws VitalsError `session/passphrase`, `session/account_file` where it is another file or of another network */
export async function openAccountFile({ chainId }: Chain, file: Bytes, passphrase: string): Promise<AccountFile> {
  const told = fieldsIn(await unwrapWithPassphrase(passphrase, file));
  if (told.cw_vitals !== KIND || told.version !== VERSION) throw wrong("it is no file of an account");
  if (told.chain_id !== chainId) throw wrong(`it is of the network ${String(told.chain_id)}, this is ${chainId}`);
  const { address, label, wallet, secrets } = told;
  if (typeof address !== "string" || typeof label !== "string" || !isWallet(wallet)) throw wrong("parts are missing");
  return { address, label, wallet, secrets: secretsIn(secrets) };
}

function secretsIn(told: unknown): AccountFile["secrets"] {
  const { mnemonic, identity, keyring } = (told ?? {}) as Record<string, unknown>;
  const text = (name: keyof AccountFile["secrets"], value: unknown) => {
    if (value === undefined) return {};
    if (typeof value !== "string") throw wrong(`${name} is no text`);
    return { [name]: value };
  };
  return { ...text("mnemonic", mnemonic), ...text("identity", identity), ...text("keyring", keyring) };
}

/** Nothing of the text is quoted: it has keys. */
function fieldsIn(bytes: Uint8Array): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof json === "object" && json !== null) return json as Record<string, unknown>;
  } catch {
    // of something else, such as a backup of a patient's keys
  }
  throw wrong("it is no file of an account");
}

const isWallet = (value: unknown): value is WalletKind => value === "local" || value === "keplr" || value === "leap";
const wrong = (reason: string) => new VitalsError("session/account_file", reason);
