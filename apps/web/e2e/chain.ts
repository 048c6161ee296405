/** A chain of one validator on free ports of this machine, with accounts by name. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { localAccount, type Network, Vitals } from "@cw-vitals/client";
import { output, ROOT, Service, sleep } from "./service";

const SCRIPT = join(ROOT, "scripts/chain");
/** Accounts of every network: who keeps it going, and who comes to the app. */
export const ACCOUNTS = [
  ...["deployer", "board", "maker", "vault", "keeper", "arbiter", "gateway", "gateway-2", "stranger"],
  ...["patient", "patient-2", "guardian", "guardian-2", "clinician", "clinician-2", "responder", "insurer", "assessor"],
] as const;
export type Name = (typeof ACCOUNTS)[number];

interface NodeFile {
  rpc: string;
  gas_price: string;
  home: string;
  pid: number;
}

export class Chain {
  private node: NodeFile;
  private restarted: Service | undefined;
  private readonly words = new Map<string, string>();
  private readonly senders = new Map<string, Vitals>();

  private constructor(
    private readonly dir: string,
    /** Stops the chain and removes `dir` when the tests end. */
    readonly guard: Service,
  ) {
    this.node = this.read();
    const accounts = JSON.parse(readFileSync(join(this.home, "accounts.json"), "utf8"));
    for (const { name, mnemonic } of accounts as { name: string; mnemonic: string }[]) this.words.set(name, mnemonic);
  }

  /** In `<dir>/chain`; `dir` is removed when it is stopped. */
  static async start(dir: string): Promise<Chain> {
    const home = join(dir, "chain");
    const guard = Service.start("chain-guard", dir, join(ROOT, "apps/web/e2e/chain-guard.sh"), [SCRIPT, home, dir]);
    await output(SCRIPT, ["start", "--home", home, "--accounts", ACCOUNTS.join(",")]);
    return new Chain(dir, guard);
  }

  private get home(): string {
    return join(this.dir, "chain");
  }

  private read(): NodeFile {
    return JSON.parse(readFileSync(join(this.home, "node.json"), "utf8")) as NodeFile;
  }

  get rpc(): string {
    return this.node.rpc;
  }

  get gasPrice(): string {
    return this.node.gas_price;
  }

  mnemonic(name: Name): string {
    const words = this.words.get(name);
    if (words === undefined) throw new Error(`the chain has no account ${name}`);
    return words;
  }

  async address(name: Name): Promise<string> {
    return (await localAccount(this.mnemonic(name), "wasm")).address;
  }

  /** The deployment as one account sees it. */
  async as(name: Name, network: Network): Promise<Vitals> {
    const known = this.senders.get(name);
    if (known) return known;
    const vitals = await Vitals.connect(network, await localAccount(this.mnemonic(name), network.prefix));
    this.senders.set(name, vitals);
    return vitals;
  }

  /** Connections are taken, and nothing is answered any more, until it goes on. */
  async pause(): Promise<void> {
    process.kill(await this.pid(), "SIGSTOP");
  }

  async goOn(): Promise<void> {
    process.kill(await this.pid(), "SIGCONT");
  }

  /** As when the power fails: connections are refused. */
  async kill(): Promise<void> {
    const pid = await this.pid();
    process.kill(pid, "SIGKILL");
    while (alive(pid)) await sleep(20);
  }

  /** After `kill`, at the same place. */
  async restart(): Promise<void> {
    const wasmd = process.env.WASMD;
    if (!wasmd) throw new Error("WASMD names no wasmd; scripts/web e2e does");
    this.restarted = Service.start("node", this.dir, wasmd, ["start", "--home", this.node.home, "--log_no_color"]);
    while (!(await answers(`${this.rpc}/status`))) await sleep(100);
  }

  private async pid(): Promise<number> {
    return this.restarted ? this.restarted.pid() : this.node.pid;
  }

  /** Everything is gone afterwards. */
  async stop(): Promise<void> {
    await this.restarted?.stop();
    await this.guard.stop();
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}
