/** A token of the chain by somebody else's contract: cw20_base, as wasmd's module carries it. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Name } from "./chain";
import { chain, eventually } from "./insured";
import type { Network } from "./network";
import { output, ROOT } from "./service";

export interface TokenSettings {
  symbol: string;
  decimals: number;
  /** Smallest units that accounts have in the beginning. */
  of: Partial<Record<Name, string>>;
}

interface Codes {
  code_infos?: { code_id: string }[];
}

/** Instantiates one; its address. */
export async function makeToken(network: Network, { symbol, decimals, of }: TokenSettings): Promise<string> {
  const wasm = await output(join(ROOT, "scripts/chain"), ["peer", "cw20_base"]);
  const wasmd = await Wasmd.as(network, "deployer");
  const before = (await wasmd.codes()).length;
  await wasmd.send(["store", wasm]);
  await eventually("the token's code is on the chain", async () => (await wasmd.codes()).length > before);
  const code = (await wasmd.codes()).at(-1) ?? "";
  const initial_balances = await Promise.all(
    Object.entries(of).map(async ([name, amount]) => ({ address: await network.chain.address(name as Name), amount })),
  );
  const msg = { name: "A token of a test", symbol, decimals, initial_balances };
  await wasmd.send(["instantiate", code, JSON.stringify(msg), "--label", "token", "--no-admin"]);
  let address: string | undefined;
  await eventually("the token is on the chain", async () => {
    address = (await wasmd.contracts(code))[0];
    return address !== undefined;
  });
  return address ?? "";
}

export async function tokensOf(network: Network, token: string, account: string): Promise<string> {
  const found = await (await chain(network)).smart<{ balance: string }>(token, { balance: { address: account } });
  return found.balance;
}

/** The node's own program, for what the client does not do. */
class Wasmd {
  private constructor(
    private readonly program: string,
    private readonly keys: string[],
    private readonly network: Network,
  ) {}

  static async as(network: Network, name: Name): Promise<Wasmd> {
    const program = process.env.WASMD;
    if (!program) throw new Error("WASMD names no wasmd; scripts/web e2e does");
    const home = join(network.dir, "token-keys");
    mkdirSync(home);
    const keys = ["--keyring-backend", "test", "--home", home];
    await output(program, ["keys", "add", name, "--recover", "--source", network.mnemonicFile(name), ...keys]);
    return new Wasmd(program, ["--from", name, ...keys], network);
  }

  async send(what: string[]): Promise<void> {
    const { rpc, gasPrice } = this.network.chain;
    const chainId = (await chain(this.network)).network.chainId;
    const at = ["--node", rpc, "--chain-id", chainId, "--gas-prices", gasPrice];
    const gas = ["--gas", "auto", "--gas-adjustment", "1.5", "--yes", "--output", "json"];
    const sent = JSON.parse(await output(this.program, ["tx", "wasm", ...what, ...this.keys, ...at, ...gas])) as {
      code: number;
      raw_log: string;
    };
    if (sent.code !== 0) throw new Error(`wasmd refused ${what[0]}: ${sent.raw_log}`);
  }

  async codes(): Promise<string[]> {
    const found = (await this.ask(["list-code"])) as Codes;
    return (found.code_infos ?? []).map(({ code_id }) => code_id);
  }

  async contracts(code: string): Promise<string[]> {
    return ((await this.ask(["list-contract-by-code", code])) as { contracts?: string[] }).contracts ?? [];
  }

  private async ask(what: string[]): Promise<unknown> {
    const at = ["--node", this.network.chain.rpc, "--output", "json"];
    return JSON.parse(await output(this.program, ["query", "wasm", ...what, ...at]));
  }
}
