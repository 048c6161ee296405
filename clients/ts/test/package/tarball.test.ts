import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

import { CONFIG } from "../config.js";

const run = promisify(execFile);
const npm = (args: string[], cwd: string) =>
  run("npm", [...args, "--no-audit", "--no-fund", "--prefer-offline"], { cwd });

let project: string;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "vitals-package-"));
  await npm(["pack", "--pack-destination", project], process.cwd());
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
  const tarball = readdirSync(project).find((name) => name.endsWith(".tgz"));
  await npm(["install", `./${tarball}`], project);
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

async function inProject(code: string): Promise<string> {
  writeFileSync(join(project, "main.mjs"), code);
  return (await run("node", ["main.mjs"], { cwd: project })).stdout.trim();
}

test("every way in of the package can be imported from the tarball", async () => {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, string> };
  const names = Object.keys(exports).map((name) => name.replace(/^\./, "@cw-vitals/client"));
  const code = names.map((name) => `console.log(Object.keys(await import(${JSON.stringify(name)})).length > 0);`);
  expect((await inProject(code.join("\n"))).split("\n")).toEqual(names.map(() => "true"));
});

test("the core that comes with the package works", async () => {
  const said = await inProject(`
    import { Identity, loadCore, sealTo } from "@cw-vitals/client/core";
    await loadCore();
    const identity = Identity.create();
    console.log(new TextDecoder().decode(identity.open(sealTo([identity.recipient], new TextEncoder().encode("plain")))));`);
  expect(said).toBe("plain");
});

test("a query from the package reaches a node, and its refusal comes back with its code", async () => {
  const node = await fakeNode();
  const said = await inProject(`
    import { ChainNode, ConsentQueries, loadNetwork } from "@cw-vitals/client";
    const network = loadNetwork(${JSON.stringify({ ...CONFIG, node: node.url })});
    const consent = new ConsentQueries(await ChainNode.connect(network), network.deployment.consent);
    await consent.patient({ patient: "7" }).catch(({ code, advice }) => console.log(code, typeof advice));
    process.exit(0);`);
  node.close();
  expect(said).toBe("state/not_found string");
});

test("the quick start of the README is TypeScript, and no type of the package is wrong", async () => {
  const quickStart = /```ts\n([\s\S]*?)```/.exec(readFileSync("README.md", "utf8"))?.[1] ?? "";
  expect(quickStart).toContain("loadNetwork");
  writeFileSync(join(project, "quick-start.ts"), quickStart);
  const settings = ["--noEmit", "--strict", "--module", "NodeNext", "--target", "ES2022", "--lib", "ES2022,DOM"];
  const tsc = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
  const { stdout } = await run("node", [tsc, ...settings, "quick-start.ts"], { cwd: project }).catch(
    (error: { stdout: string }) => error,
  );
  // errors in types of CosmJS are its own
  const wrong = stdout.split("\n").filter((line) => /^(quick-start|node_modules.@cw-vitals)|^error/.test(line));
  expect(wrong).toEqual([]);
});

test("what the README links to is in the package", () => {
  const inside = join(project, "node_modules/@cw-vitals/client");
  const links = [...readFileSync(join(inside, "README.md"), "utf8").matchAll(/\]\((?!https?:)([^)#]+)\)/g)];
  expect(links.map(([, path]) => path).filter((path) => !existsSync(join(inside, path ?? "")))).toEqual([]);
  expect(links.length).toBeGreaterThan(3);
});

test("the package brings types, and no sources, tests or machine's paths", async () => {
  const inside = join(project, "node_modules/@cw-vitals/client");
  expect(readdirSync(inside).sort()).toEqual(["README.md", "core", "dist", "examples", "package.json"]);
  expect(readdirSync(join(inside, "core")).sort()).toEqual([
    "core.d.ts",
    "core.js",
    "core_bg.wasm",
    "core_bg.wasm.d.ts",
  ]);
  expect(readdirSync(join(inside, "dist"))).toContain("index.d.ts");
  const { stdout } = await run("grep", ["-rlIE", "/(work|root|home)/", inside]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
});

/** As much of a node as a query needs: it is on the chain, and its contract knows no patient. */
async function fakeNode(): Promise<{ url: string; close: () => void }> {
  const log = "state/not_found: there is no patient 7: query wasm contract failed: unknown request";
  const answers: Record<string, unknown> = {
    status: STATUS,
    abci_query: {
      response: {
        code: 6,
        log,
        info: "",
        index: "0",
        key: null,
        value: null,
        proofOps: null,
        height: "1",
        codespace: "sdk",
      },
    },
  };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (data: Buffer) => {
      body += data.toString();
    });
    request.on("end", () => {
      const { id, method } = JSON.parse(body) as { id: number; method: string };
      response.end(JSON.stringify({ jsonrpc: "2.0", id, result: answers[method] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

const STATUS = {
  node_info: {
    protocol_version: { p2p: "8", block: "11", app: "0" },
    id: "00",
    listen_addr: "tcp://127.0.0.1:1",
    network: CONFIG.chain_id,
    version: "0.39.0",
    channels: "40",
    moniker: "fake",
    other: { tx_index: "on", rpc_address: "tcp://127.0.0.1:1" },
  },
  sync_info: {
    latest_block_hash: "00",
    latest_app_hash: "00",
    latest_block_height: "1",
    latest_block_time: "2026-01-01T00:00:00Z",
    earliest_block_hash: "00",
    earliest_app_hash: "00",
    earliest_block_height: "1",
    earliest_block_time: "2026-01-01T00:00:00Z",
    catching_up: false,
  },
  validator_info: {
    address: "00".repeat(20),
    pub_key: { type: "tendermint/PubKeyEd25519", value: Buffer.alloc(32).toString("base64") },
    voting_power: "1",
  },
};
