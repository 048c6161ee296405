/** A second vault beside the network's own, under another account, and the app served with both. */
import { join } from "node:path";
import { consentCalls } from "@cw-vitals/client";
import type { Name } from "./chain";
import type { Network } from "./network";
import { program, ROOT } from "./service";
import { Vault } from "./vault";

const YEAR_S = 365 * 86_400;

/** Before gateways start and pages open: they take the vaults that there are then. */
export async function withSecondVault(network: Network, name: string, account: Name): Promise<Vault> {
  const until = Math.floor(Date.now() / 1_000) + YEAR_S;
  const address = await network.chain.address(account);
  await network.send("board", consentCalls.issueCredential({ account: address, role: "vault_operator", until }));
  const vault = await Vault.start(network, name, account);
  network.vaults.push(vault);
  const { rpc, gasPrice } = network.chain;
  const app = process.env.VITALS_APP ?? join(ROOT, "apps/web/dist");
  const args = ["web", "--local", "--listen", "127.0.0.1:0", "--app", app];
  args.push("--node", rpc, "--gas-price", gasPrice, "--deployment", network.deploymentFile);
  for (const one of network.vaults) args.push("--vault", `${one.name}=${one.url}`);
  network.app = await network.service("web-of-two", program("vitals"), args).says("web app at ");
  return vault;
}
