import { gzipSync } from "node:zlib";

import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";

function bundled(code: string) {
  return build({
    stdin: { contents: code, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
    external: ["stream", "crypto", "buffer"],
  });
}

/** The parts of this client that end up in an application's bundle. */
async function parts(code: string): Promise<string[]> {
  const [output] = Object.values((await bundled(code)).metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return inputs.map(([path]) => path).filter((path) => !path.includes("node_modules"));
}

/** All modules that are loaded where nothing is bundled, as in Node or in a browser with native modules. */
async function loaded(...paths: string[]): Promise<string[]> {
  const { metafile } = await bundled(paths.map((path) => `import "@cw-vitals/client${path}";`).join("\n"));
  const { inputs } = metafile;
  return Object.keys(inputs).filter((path) => path !== "<stdin>");
}

const WASM = /core\//;
/** An application that asks one contract. */
const QUERY = `
  import { ChainNode, ConsentQueries, loadNetwork } from "@cw-vitals/client";
  const network = loadNetwork(JSON.parse(document.body.textContent!));
  const consent = new ConsentQueries(await ChainNode.connect(network), network.deployment.consent);
  console.log(await consent.patient({ patient: "7" }));
`;
/** What it may download, compressed: CosmJS's RPC client alone, with the cryptography that it brings, is 167. */
const QUERY_KIB = 200;
let query: string[];

beforeAll(async () => {
  query = await parts(QUERY);
});

test("an application that asks one contract bundles no wasm glue", () => {
  expect(query.filter((path) => WASM.test(path))).toEqual([]);
});

test("nor the clients of other contracts, nor what signs, sends or follows", () => {
  const own = query.filter((path) => path.startsWith("dist/")).sort();
  expect(own).toEqual([
    "dist/chain-queries.js",
    "dist/errors.js",
    "dist/generated/advice.js",
    "dist/generated/consent.js",
    "dist/network.js",
    "dist/node.js",
  ]);
});

test("nor the messages of all modules of the chain", async () => {
  const [output] = (await bundled(QUERY)).outputFiles;
  expect(gzipSync(output?.contents ?? QUERY).length / 1024).toBeLessThan(QUERY_KIB);
});

test("a call that is built alone brings the calls of one contract at most", async () => {
  const own = await parts(
    `import { revoke } from "@cw-vitals/client/consent/calls"; console.log(revoke({ patient: "7", grant: "1" }));`,
  );
  expect(own).toEqual(["dist/generated/consent-calls.js", "<stdin>"]);
});

test("what reads the configuration loads nothing but it, also where nothing is bundled", async () => {
  expect((await loaded("/network")).sort()).toEqual(["dist/errors.js", "dist/generated/advice.js", "dist/network.js"]);
});

test("whoever only asks, sends or follows loads no wasm, also where nothing is bundled", async () => {
  const without = ["", "/account", "/history", "/network", "/node", "/pages", "/vaults", "/vitals", "/wallet"];
  const contracts = ["/anchor", "/care", "/claims", "/consent", "/registry"];
  const paths = await loaded(...without, ...contracts, ...contracts.map((path) => `${path}/calls`));
  expect(paths).toContain("dist/vitals.js");
  expect(paths.filter((path) => WASM.test(path) && !path.includes("node_modules"))).toEqual([]);
});
