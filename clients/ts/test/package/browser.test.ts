import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { checkVectors } from "../vectors/check.js";
import { readVectors } from "../vectors/read.js";

// In Chromium, on a page of its own origin with a content security policy as strict as the app's.

const CHROMIUM = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync) ?? "chromium";
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

let browser: Browser;
let origin: string;
let close: () => void;

beforeAll(async () => {
  const files = new Map<string, [string, Uint8Array | string]>([
    ["/", ["text/html", '<!doctype html><script type="module" src="/app/page.js"></script>']],
    ["/app/page.js", ["text/javascript", await bundle()]],
    ["/core/core_bg.wasm", ["application/wasm", readFileSync("core/core_bg.wasm")]],
  ]);
  const server = createServer((request, response) => {
    const [type, content] = files.get(request.url ?? "") ?? ["", undefined];
    if (content === undefined) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
});

afterAll(async () => {
  await browser?.close();
  close?.();
});

/** The vectors' checks as an application is bundled; the wasm is beside its glue, a directory above. */
async function bundle(): Promise<Uint8Array> {
  const contents = `
    import { checkVectors } from "./test/vectors/check.ts";
    globalThis.checkVectors = checkVectors;`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    alias: { "#core-source": "./dist/core/source.js" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
    external: ["stream", "crypto", "buffer"],
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

test("the vectors of testdata pass in a browser", async () => {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(origin);
  await page.waitForFunction(() => "checkVectors" in globalThis).catch(() => undefined);
  expect(faults).toEqual([]);
  const checked = await page.evaluate(
    (vectors) => (globalThis as unknown as { checkVectors: typeof checkVectors }).checkVectors(vectors),
    readVectors(),
  );
  for (const { name, compared, wrong } of checked) {
    expect(wrong, name).toEqual([]);
    expect(compared, name).toBeGreaterThan(0);
  }
});
