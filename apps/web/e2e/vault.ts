/** A vault: `vitals vault serve`, at one place for as long as the network runs. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Name } from "./chain";
import type { NetworkInDir } from "./network";
import { program, type Service } from "./service";

export class Vault {
  url = "";
  private running: Service | undefined;
  private custodianFile: string | undefined;

  private constructor(
    private readonly network: NetworkInDir,
    readonly name: string,
    private readonly account: Name,
  ) {}

  /** @param account that anchors what it gave out: each vault has its own */
  static async start(network: NetworkInDir, name: string, account: Name = "vault"): Promise<Vault> {
    const vault = new Vault(network, name, account);
    await vault.start();
    return vault;
  }

  /** The same place and the same objects, after it was stopped. */
  async start(): Promise<void> {
    const { chain, deploymentFile } = this.network;
    const listen = this.url === "" ? "127.0.0.1:0" : new URL(this.url).host;
    const args = ["vault", "serve", "--listen", listen, "--name", this.name, "--dir", this.dir];
    args.push("--node", chain.rpc, "--gas-price", chain.gasPrice, "--deployment", deploymentFile);
    args.push("--mnemonic-file", this.network.mnemonicFile(this.account), "--anchor-every", "3");
    if (this.custodianFile) args.push("--custodian-identity", this.custodianFile);
    this.running = this.network.service(`vault-${this.name}`, program("vitals"), args);
    this.url = await this.running.says("listens on ");
  }

  /** From now on it keeps shares of emergency packages, under the identity whose recipient its account published. */
  async keepShares(identity: string): Promise<void> {
    await this.stop();
    this.custodianFile = join(this.network.dir, `${this.name}.identity`);
    writeFileSync(this.custodianFile, `${identity}\n`, { mode: 0o600 });
    await this.start();
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }

  async kill(): Promise<void> {
    await this.running?.kill();
  }

  private get dir(): string {
    return join(this.network.dir, `vault-${this.name}`);
  }

  /** Digests (hex) of the ciphertexts it has of a kind. */
  digests(kind: "blobs" | "packages" | "plans"): string[] {
    return this.files(kind).map((path) => path.slice(-64));
  }

  /** Flips a bit in the middle of an object; whether it has it. What it serves then is not what was stored. */
  tamper(digest: string): boolean {
    const paths = ["blobs", "packages", "plans"].flatMap((kind) => this.files(kind));
    const path = paths.find((one) => one.endsWith(digest));
    if (path === undefined) return false;
    const bytes = readFileSync(path);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    return true;
  }

  private files(kind: string): string[] {
    const dir = join(this.dir, "objects", kind);
    try {
      const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && /^[0-9a-f]{64}$/.test(entry.name));
      return files.map((entry) => join(entry.parentPath, entry.name));
    } catch {
      return []; // nothing of the kind was stored yet
    }
  }
}
