/** What the built app weighs, and how its parts come down a wire. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Download } from "./figures";

export function downloads(dist: string): Download[] {
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path as string);
  const assets = readdirSync(join(dist, "assets")).map((name) => join("assets", name));
  const these = (pattern: RegExp) => assets.filter((path) => pattern.test(path));
  return [
    weighed("first page: what index.html names", dist, ["index.html", ...named]),
    weighed("worker", dist, these(/core\.worker-.*\.js$/)),
    weighed("core (wasm)", dist, these(/\.wasm$/)),
    weighed("charts, with the first one", dist, these(/ChartCard-.*\.(js|css)$/)),
    weighed("all scripts, styles and the core", dist, ["index.html", ...these(/\.(js|css|wasm)$/)]),
  ];
}

/** Each file compressed by itself, as a server does. */
function weighed(what: string, dist: string, paths: readonly string[]): Download {
  const files = paths.map((path) => readFileSync(join(dist, path)));
  const sum = (size: (bytes: Buffer) => number) => files.reduce((total, file) => total + size(file), 0);
  return {
    what,
    raw: sum((file) => file.length),
    gzip: sum((file) => gzipSync(file, { level: 9 }).length),
    brotli: sum((file) => brotliCompressSync(file).length),
  };
}
