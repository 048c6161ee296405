/** Accounts that sign. With the chain's client, which is loaded when it is needed. */
import { type Account, localAccount, type Network, onAccountChanged, walletAccount, wallets } from "@cw-vitals/client";
import { VitalsError } from "@cw-vitals/client/errors";
import type { Secrets, WalletKind } from "./types";

/** The account, from the wallet that holds it. @throws VitalsError `session/not_local`, `wallet/…`, `account/mnemonic` */
export async function signerOf(network: Network, wallet: WalletKind, secrets: Secrets): Promise<Account> {
  if (wallet === "local") {
    checkLocal(network);
    return localAccount(secrets.mnemonic ?? "", network.prefix);
  }
  const provider = wallets().get(wallet);
  if (!provider) throw new VitalsError("wallet/missing", `this browser has no ${wallet}`);
  const [account, { withSessions }] = await Promise.all([
    walletAccount(provider, network),
    import("@cw-vitals/client/sessions"),
  ]);
  // one prompt for what is read within an hour; what stores or erases is asked for each time
  return withSessions(account, network);
}

export { onAccountChanged };

export function checkLocal(network: Network): void {
  if (network.local) return;
  throw new VitalsError("session/not_local", "only a local network takes accounts that the app itself holds");
}
