import type { OpenSession } from "../session/useSession";

/**
 * Whether reading goes without a prompt for each request: by the built-in wallet, and by a session, for which a wallet
 * asks once (docs/adr/0013). Elsewhere nothing is read from a vault that was not asked for.
 */
export function asksOnce({ wallet, account }: Pick<OpenSession, "wallet" | "account">): boolean {
  return wallet === "local" || account.authorizeRead !== undefined;
}
