/** Measures the app in Chromium: a day of readings beside npm libraries, the way to the first chart, the downloads. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "../e2e/browser";
import { ROOT } from "../e2e/service";
import type { Day } from "./day";
import { measureDays } from "./day-rounds";
import { downloads } from "./downloads";
import type { Figures } from "./figures";
import { measureOpening } from "./opening";
import { serveFiles } from "./server";

const ROUNDS = 7;
const PEERS = ["@noble/hashes", "@noble/ciphers", "age-encryption", "uplot"];
/** Where `bench day` of packages/bench wrote the day, and where the figures go. */
const DAY = process.env.BENCH_DAY ?? "";
const OUT = process.env.BENCH_OUT ?? "";
const DIST = process.env.VITALS_APP ?? join(ROOT, "apps/web/dist");

let browser: Browser;
let pages: string;

beforeAll(async () => {
  pages = mkdtempSync(join(tmpdir(), "cw-vitals-bench-"));
  const configFile = join(ROOT, "apps/web/bench/vite.config.ts");
  await build({ configFile, logLevel: "error", build: { outDir: pages, emptyOutDir: true } });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  rmSync(pages, { recursive: true, force: true });
});

let day: Pick<Figures, "readings" | "batches" | "sealed_bytes" | "day">;

test("the app opens a day of readings, and what npm libraries opened is the same", async () => {
  const { readings, batches } = JSON.parse(readFileSync(join(DAY, "day.json"), "utf8")) as Day;
  expect(readings).toBe(259_200);
  const sealed_bytes = batches.reduce((sum, { length }) => sum + length, 0);
  const { url, server } = await serveFiles(pages, DAY);
  day = { readings, batches: batches.length, sealed_bytes, day: await measureDays(browser, url, ROUNDS) };
  server.close();
  console.log(JSON.stringify(day));
});

test("a link leads to a chart, at a first visit and at a second", async () => {
  const opening = await measureOpening(browser, ROUNDS);
  console.log(JSON.stringify(opening));
  const measured = { browser: `Chromium ${browser.version()}`, rounds: ROUNDS, peers: PEERS.map(named) };
  const figures: Figures = { ...measured, ...day, opening, downloads: downloads(DIST) };
  writeFileSync(OUT, JSON.stringify(figures));
});

function named(name: string): string {
  const file = join(ROOT, "apps/web/node_modules", name, "package.json");
  return `${name} ${(JSON.parse(readFileSync(file, "utf8")) as { version: string }).version}`;
}
