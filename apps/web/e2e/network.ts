/**
 * A network for tests that click: an empty chain with the contracts on it, a vault and the app. Everything is on
 * loopback, on free ports, in a directory of its own, and ends with the tests, however these end.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ContractCall,
  claimsCalls,
  consentCalls,
  type Network as Known,
  loadNetwork,
  type Sent,
  type Vitals,
} from "@cw-vitals/client";
import { Chain, type Name } from "./chain";
import { Device, KINDS, type Kind, makerPaper, models } from "./device";
import { Gateway, publishRecipient } from "./gateway";
import { type Link, link, type Role } from "./link";
import { output, program, ROOT, Service } from "./service";
import { Vault } from "./vault";

/** What has been done on the chain before the first click. */
export interface Prepared {
  /** The board is admitted and gives clinicians, responders, insurers and the vault their credentials. */
  credentials?: boolean;
  /** The maker is admitted and lists a model of each kind. */
  models?: boolean;
  /** The chain's own coins are admitted for insurance. */
  coins?: boolean;
}

/** What the parts of a network know of it. */
export interface NetworkInDir {
  readonly dir: string;
  readonly chain: Chain;
  readonly deploymentFile: string;
  readonly vaults: readonly Vault[];
  mnemonicFile(name: Name): string;
  service(name: string, file: string, args: readonly string[]): Service;
  send(name: Name, calls: ContractCall | ContractCall[]): Promise<Sent>;
  newDevice(kind: Kind, name: string): Promise<Device>;
}

const YEAR_S = 365 * 86_400;
/** The contracts' shortest times, but for what nobody waits out: an hour to veto, and one to override a veto. */
const SETTINGS = {
  ...{ recovery_delay_s: 3_600, override_delay_s: 3_600 },
  ...{ cooldown_s: 60, min_tier_s: 1, least_deadline_s: 1 },
};
const CREDENTIALS = [
  ...([
    ["clinician", "clinician"],
    ["clinician-2", "clinician"],
    ["responder", "emergency_responder"],
  ] as const),
  ...([
    ["insurer", "insurer"],
    ["vault", "vault_operator"],
  ] as const),
] as const satisfies readonly (readonly [Name, string])[];

export class Network implements NetworkInDir {
  readonly vaults: Vault[] = [];
  /** Where the app is served. */
  app = "";
  private known: Known | undefined;
  private readonly services = new Set<Service>();

  private constructor(
    readonly dir: string,
    readonly chain: Chain,
  ) {}

  static async start(prepared: Prepared = { credentials: true, models: true, coins: true }): Promise<Network> {
    const dir = mkdtempSync(join(tmpdir(), "cw-vitals-e2e-"));
    const network = new Network(dir, await Chain.start(dir));
    try {
      await network.deploy();
      await network.prepare(prepared);
      network.vaults.push(await Vault.start(network, "ward"));
      await network.serve(process.env.VITALS_APP ?? join(ROOT, "apps/web/dist"));
      return network;
    } catch (error) {
      await network.stop();
      throw error;
    }
  }

  get deploymentFile(): string {
    return join(this.dir, "deployment.json");
  }

  private async deploy(): Promise<void> {
    const settings = join(this.dir, "deploy.json");
    writeFileSync(settings, JSON.stringify(SETTINGS));
    const { rpc, gasPrice } = this.chain;
    const at = ["--node", rpc, "--gas-price", gasPrice, "--mnemonic-file", this.mnemonicFile("deployer")];
    const what = ["--artifacts", join(ROOT, "artifacts"), "--config", settings, "--admin", "none"];
    await output(program("vitals"), ["deploy", ...at, ...what, "--out", this.deploymentFile]);
    this.known = loadNetwork(this.config());
  }

  /** As `vitals web` will tell it, but for the vaults. */
  private config(): object {
    const deployment = JSON.parse(readFileSync(this.deploymentFile, "utf8")) as { chain_id: string };
    const { rpc, gasPrice } = this.chain;
    const base = { version: 1, chain_id: deployment.chain_id, node: rpc, prefix: "wasm", denom: "uvital" };
    return {
      ...base,
      gas_price: gasPrice,
      deployment,
      vaults: [{ name: "ward", url: "http://127.0.0.1:1" }],
      local: true,
    };
  }

  private async prepare({ credentials, models: listed, coins }: Prepared): Promise<void> {
    if (credentials) await this.giveCredentials();
    if (coins) await this.send("deployer", claimsCalls.admitDenom({ denom: { native: "uvital" } }));
    const admit_maker = await makerPaper(this);
    if (!listed) return;
    await this.send("deployer", { contract: "registry", msg: { admit_maker } });
    await this.send("maker", await models(this));
  }

  private async giveCredentials(): Promise<void> {
    const issuer = await this.chain.address("board");
    const roles = ["clinician", "insurer", "emergency_responder", "custodian", "vault_operator"] as const;
    await this.send("deployer", consentCalls.admitIssuer({ issuer, roles: [...roles] }));
    const until = Math.floor(Date.now() / 1_000) + YEAR_S;
    const issue = async ([name, role]: (typeof CREDENTIALS)[number]) =>
      consentCalls.issueCredential({ account: await this.chain.address(name), role, until });
    await this.send("board", await Promise.all(CREDENTIALS.map(issue)));
  }

  private async serve(app: string): Promise<void> {
    const { rpc, gasPrice } = this.chain;
    const args = ["web", "--local", "--listen", "127.0.0.1:0", "--app", app];
    args.push("--node", rpc, "--gas-price", gasPrice, "--deployment", this.deploymentFile);
    for (const vault of this.vaults) args.push("--vault", `${vault.name}=${vault.url}`);
    this.app = await this.service("web", program("vitals"), args).says("web app at ");
  }

  /** A link with a fresh account: nothing of it is on the chain unless a test did it. */
  async link(role: Role, account: Name, more: Partial<Link> = {}): Promise<string> {
    return link(this.app, { v: 1, role, mnemonic: this.chain.mnemonic(account), ...more });
  }

  /** A new identity whose recipient the account publishes; for a link's `identity`. */
  identity(account: Name): Promise<string> {
    return publishRecipient(this, account);
  }

  /** Made, and not registered: its `registrationFile` waits for the maker's page, or `register`. */
  newDevice(kind: Kind, name: string): Promise<Device> {
    return Device.make(this, name, kind, KINDS.indexOf(kind) + 1);
  }

  newGateway(account: Name): Promise<Gateway> {
    return Gateway.make(this, account);
  }

  /** Calls what falls due, once. */
  async keep(): Promise<void> {
    const { rpc, gasPrice } = this.chain;
    const at = ["--node", rpc, "--gas-price", gasPrice, "--deployment", this.deploymentFile];
    await output(program("vitals"), ["keeper", "once", ...at, "--mnemonic-file", this.mnemonicFile("keeper")]);
  }

  /** The deployment as an account sees it. */
  as(name: Name): Promise<Vitals> {
    if (!this.known) throw new Error("the contracts are not on the chain yet");
    return this.chain.as(name, this.known);
  }

  async send(name: Name, calls: ContractCall | ContractCall[]): Promise<Sent> {
    return (await this.as(name)).send(calls);
  }

  mnemonicFile(name: Name): string {
    const dir = join(this.dir, "accounts");
    mkdirSync(dir, { recursive: true });
    const path = join(dir, name);
    writeFileSync(path, this.chain.mnemonic(name), { mode: 0o600 });
    return path;
  }

  /** Runs until the network is stopped, with a log in `dir`. */
  service(name: string, file: string, args: readonly string[]): Service {
    const service = Service.start(name, this.dir, file, args);
    this.services.add(service);
    return service;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.services].map((service) => service.stop()));
    await this.chain.stop();
  }
}
