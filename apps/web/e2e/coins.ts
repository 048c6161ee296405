/** Coins of the chain, as somebody sends a newcomer the first ones: that is no business of the app. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Name } from "./chain";
import type { Network } from "./network";

/** Sends coins (`5000000uvital`), and waits until they are there. */
export async function sendCoins(network: Network, from: Name, to: string, coins: string): Promise<void> {
  const wasmd = process.env.WASMD;
  if (!wasmd) throw new Error("WASMD names no wasmd; scripts/web e2e does");
  const ring = ["--keyring-backend", "test", "--home", join(network.dir, "sponsor")];
  const run = (args: string[], input?: string) =>
    execFileSync(wasmd, args, { encoding: "utf8", stdio: ["pipe", "pipe", "pipe"], ...(input ? { input } : {}) });
  run(["keys", "add", from, "--recover", ...ring], `${network.chain.mnemonic(from)}\n`);
  const { chainId, node } = (await network.as("stranger")).network;
  const at = ["--chain-id", chainId, "--node", node.replace(/^http/, "tcp"), "--yes", "--output", "json"];
  const sent = JSON.parse(run(["tx", "bank", "send", from, to, coins, ...ring, ...at])) as { code: number };
  if (sent.code !== 0) throw new Error(`the coins were not sent: ${JSON.stringify(sent)}`);
  const denom = coins.replace(/^\d+/, "");
  const { node: asked } = await network.as("stranger");
  while ((await asked.balance(to, denom)) === 0n) await new Promise((done) => setTimeout(done, 100));
}
