/** What a first visit downloads, from the built index.html; fails above the budget. */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const DIST = new URL("dist/", import.meta.url);
/** Of what index.html names: script, style and their imports, compressed. */
const INITIAL_KB = 220;

const kb = (path) => gzipSync(readFileSync(new URL(path, DIST))).length / 1024;
const html = readFileSync(new URL("index.html", DIST), "utf8");
const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path);
const initial = named.reduce((sum, path) => sum + kb(path), 0);

const assets = readdirSync(new URL("assets/", DIST));
const size = (pattern) =>
  assets.filter((name) => pattern.test(name)).reduce((sum, name) => sum + kb(`assets/${name}`), 0);

console.log(`first page: ${initial.toFixed(0)} KiB gzipped (budget ${INITIAL_KB}); after it, when needed:`);
console.log(
  `  worker ${size(/^core\.worker-/).toFixed(0)} KiB, wasm ${size(/\.wasm$/).toFixed(0)} KiB, all scripts and styles ${size(/\.(js|css)$/).toFixed(0)} KiB`,
);
if (initial > INITIAL_KB) {
  console.error(`apps/web: the first page is above its budget of ${INITIAL_KB} KiB`);
  process.exit(1);
}
