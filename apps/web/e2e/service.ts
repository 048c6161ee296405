/** Programs that end with the tests, however these end. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const HERE = fileURLToPath(new URL(".", import.meta.url));
/** What a service has until it says that it is there. */
const START_MS = 30_000;
const run = promisify(execFile);

/** Where `vitals` and `vitals-device-sim` are. */
export function program(name: "vitals" | "vitals-device-sim"): string {
  return join(process.env.VITALS_BIN ?? join(ROOT, "target/release"), name);
}

/** Runs a program to its end; what it printed. What it said went wrong is in the error. */
export async function output(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await run(file, [...args], { env: { ...process.env, ...env }, maxBuffer: 16 * 1024 * 1024 });
  return stdout.trim();
}

/** A program that runs until it is stopped. */
export class Service {
  private text = "";
  private ended = false;
  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {}

  /** Starts it, with what it says in `<dir>/<name>.log`. */
  static start(name: string, dir: string, file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Service {
    const child = spawn(join(HERE, "while-parent.sh"), [file, ...args], {
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    const service = new Service(name, child);
    const log = createWriteStream(join(dir, `${name}.log`), { flags: "a" });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (data: Buffer) => {
        log.write(data);
        if (service.text.length < 65_536) service.text += data.toString();
      });
    }
    child.on("exit", () => {
      service.ended = true;
      log.end();
    });
    return service;
  }

  /** What it says behind `words`, once a line of it has them. */
  async says(words: string): Promise<string> {
    for (const end = Date.now() + START_MS; Date.now() < end && !this.ended; ) {
      const lines = this.text.split("\n").slice(0, -1);
      const line = lines.find((one) => one.includes(words));
      if (line !== undefined) return line.slice(line.indexOf(words) + words.length).trim();
      await sleep(30);
    }
    throw new Error(`${this.name} did not say "${words}":\n${this.text}`);
  }

  /** Of the program itself. */
  async pid(): Promise<number> {
    return Number(await this.says("pid "));
  }

  async signal(signal: NodeJS.Signals): Promise<void> {
    if (!this.ended) process.kill(await this.pid(), signal);
  }

  /** Asks it to end, and waits until it has. */
  async stop(): Promise<void> {
    this.child.stdin?.end();
    await this.gone();
  }

  /** As when the power fails. */
  async kill(): Promise<void> {
    await this.signal("SIGKILL");
    await this.gone();
  }

  private async gone(): Promise<void> {
    while (!this.ended) await sleep(20);
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
