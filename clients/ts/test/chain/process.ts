// Programs that tests start, and that end with them.

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
export const run = promisify(execFile);

const START_MS = 60_000;

/** Where cargo put the programs: VITALS_BIN names the directory, else it is that of the last debug build. */
export async function programs(): Promise<{ vitals: string; device: string }> {
  const bin = process.env.VITALS_BIN ?? join(await targetDirectory(), "debug");
  return { vitals: join(bin, "vitals"), device: join(bin, "vitals-device-sim") };
}

async function targetDirectory(): Promise<string> {
  const metadata = ["metadata", "--no-deps", "--format-version", "1", "--locked", "--offline"];
  const { stdout } = await run("cargo", metadata, { cwd: ROOT, maxBuffer: 1 << 26 });
  return (JSON.parse(stdout) as { target_directory: string }).target_directory;
}

/** A program that runs, and what followed `says` in its output. */
export interface Service {
  readonly at: string;
  /** Asks it to end, and waits until it did. */
  stop(): Promise<void>;
}

/** Starts a program, and waits until it says that it is ready. */
export async function serve(
  command: string,
  args: readonly string[],
  says: string,
  env: object = {},
): Promise<Service> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  const at = await said(child, says).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return { at, stop: () => ended(child) };
}

function said(child: ChildProcess, says: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const fail = (): void => reject(new Error(`${child.spawnargs.slice(1, 3).join(" ")} did not start: ${text}`));
    const timer = setTimeout(fail, START_MS);
    const hear = (data: Buffer): void => {
      text += data.toString();
      const line = text
        .split("\n")
        .slice(0, -1)
        .find((one) => one.includes(says));
      if (line === undefined) return;
      clearTimeout(timer);
      resolve(line.slice(line.indexOf(says) + says.length).trim());
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", fail);
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
