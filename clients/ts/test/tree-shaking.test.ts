import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";

/** The parts of this client that end up in an application's bundle. */
async function parts(code: string): Promise<string[]> {
  const { metafile } = await build({
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
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return inputs.map(([path]) => path).filter((path) => !path.includes("node_modules"));
}

const WASM = /core\//;
let query: string[];

beforeAll(async () => {
  query = await parts(`
    import { ChainNode, ConsentQueries, loadNetwork } from "@cw-vitals/client";
    const network = loadNetwork(JSON.parse(document.body.textContent!));
    const consent = new ConsentQueries(await ChainNode.connect(network), network.deployment.consent);
    console.log(await consent.patient({ patient: "7" }));
  `);
});

test("an application that asks one contract bundles no wasm glue", () => {
  expect(query.filter((path) => WASM.test(path))).toEqual([]);
});

test("nor the clients of other contracts, nor what signs, sends or follows", () => {
  const own = query.filter((path) => path.startsWith("dist/")).sort();
  expect(own).toEqual([
    "dist/errors.js",
    "dist/generated/advice.js",
    "dist/generated/consent.js",
    "dist/network.js",
    "dist/node.js",
  ]);
});

test("a call that is built alone brings the calls of one contract at most", async () => {
  const own = await parts(
    `import { revoke } from "@cw-vitals/client/consent/calls"; console.log(revoke({ patient: "7", grant: "1" }));`,
  );
  expect(own).toEqual(["dist/generated/consent-calls.js", "<stdin>"]);
});
