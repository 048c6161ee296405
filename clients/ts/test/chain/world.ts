// A chain, a deployment and a vault for tests, as processes on free loopback ports; ended with `close`.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { localAccount } from "../../src/account.js";
import { loadNetwork, type Network } from "../../src/network.js";
import { Vitals } from "../../src/vitals.js";
import { programs, ROOT, run, type Service, serve } from "./process.js";

/** Accounts that `scripts/chain` funds. */
const NAMES = "deployer,patient,guardian,clinician,insurer,maker,gateway,vault,board,responder,arbiter,stranger";
export type Name =
  | "deployer"
  | "patient"
  | "guardian"
  | "clinician"
  | "insurer"
  | "maker"
  | "gateway"
  | "vault"
  | "board"
  | "responder"
  | "arbiter"
  | "stranger";

/** A world as tests act in it. */
export interface World {
  readonly network: Network;
  readonly home: string;
  readonly programs: { readonly vitals: string; readonly device: string };
  /** File with an account's words. */
  words(name: Name): string;
  as(name: Name): Promise<Vitals>;
  /** Writes a file that its owner alone can read. */
  file(name: string, content: string | Uint8Array): string;
}

interface Node {
  chain_id: string;
  rpc: string;
  denom: string;
  gas_price: string;
}

/** The world that was started in a directory. */
export async function openWorld(home: string): Promise<World> {
  const network = loadNetwork(read(join(home, "config.json")));
  const words = (name: Name): string => join(home, `${name}.words`);
  return {
    network,
    home,
    programs: await programs(),
    words,
    file: (name, content) => written(join(home, name), content),
    as: async (name) => Vitals.connect(network, await localAccount(readFileSync(words(name), "utf8"), network.prefix)),
  };
}

/** @param custodian age identity of the custodian that the vault is */
export async function startWorld(custodian: string): Promise<{ world: World; close: () => Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), "vitals-client-"));
  const chain = join(home, "chain");
  await run(join(ROOT, "scripts/chain"), ["start", "--home", chain, "--accounts", NAMES]);
  const end = async (): Promise<void> => {
    await run(join(ROOT, "scripts/chain"), ["stop", "--home", chain]);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const vault = await deployed(home, chain, custodian);
    return { world: await openWorld(home), close: () => vault.stop().then(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Contracts on the chain, a vault before it, and the configuration of both. */
async function deployed(home: string, chain: string, custodian: string): Promise<Service> {
  const node = read<Node>(join(chain, "node.json"));
  for (const { name, mnemonic } of read<{ name: Name; mnemonic: string }[]>(join(chain, "accounts.json"))) {
    written(join(home, `${name}.words`), mnemonic);
  }
  const { vitals } = await programs();
  const deployment = join(home, "deployment.json");
  const as = (name: Name): string[] => ["--node", node.rpc, "--mnemonic-file", join(home, `${name}.words`)];
  const contracts = ["--artifacts", join(ROOT, "artifacts"), "--out", deployment, "--admin", "none"];
  await run(vitals, ["deploy", ...as("deployer"), ...contracts]);
  const shares = ["--custodian-identity", written(join(home, "custodian.identity"), custodian)];
  const place = ["--listen", "127.0.0.1:0", "--dir", join(home, "vault"), "--name", "home", "--deployment", deployment];
  const env = { VITALS_VAULT__ANCHOR_EVERY_S: "2" };
  const vault = await serve(vitals, ["vault", "serve", ...place, ...as("vault"), ...shares], "listens on ", env);
  written(join(home, "config.json"), JSON.stringify(configOf(node, read(deployment), vault.at)));
  return vault;
}

/** `config.json` as `vitals web` writes it. */
const configOf = (node: Node, deployment: object, vault: string): object => ({
  version: 1,
  chain_id: node.chain_id,
  node: node.rpc,
  prefix: "wasm",
  denom: node.denom,
  gas_price: node.gas_price,
  deployment,
  vaults: [{ name: "home", url: vault }],
  local: true,
});

function written(path: string, content: string | Uint8Array): string {
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

const read = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8")) as T;
