// Writes src/generated from schema/ and scripts/lib/errors.advice; with --check, fails where it is not what they give.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { CONTRACTS, files } from "./contracts.mjs";
import { catalogue } from "./errors.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const OUT = fileURLToPath(new URL("../src/generated/", import.meta.url));

function generated() {
  const apis = Object.keys(CONTRACTS).map((name) =>
    JSON.parse(readFileSync(join(ROOT, "schema", `${name}.json`), "utf8")),
  );
  return { ...files(apis), "advice.ts": catalogue(readFileSync(join(ROOT, "scripts/lib/errors.advice"), "utf8")) };
}

function differing(wanted) {
  const there = readdirSync(OUT);
  const wrong = Object.keys(wanted).filter(
    (name) => !there.includes(name) || readFileSync(join(OUT, name), "utf8") !== wanted[name],
  );
  return [...wrong, ...there.filter((name) => !(name in wanted))];
}

function write(wanted) {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  for (const [name, text] of Object.entries(wanted)) writeFileSync(join(OUT, name), text);
}

const wanted = generated();
if (process.argv.includes("--check")) {
  const wrong = differing(wanted);
  if (wrong.length > 0) {
    process.stderr.write(
      `error: src/generated is not what schema/ and scripts/lib/errors.advice give (${wrong.join(", ")}): run npm run generate\n`,
    );
    process.exit(1);
  }
} else {
  write(wanted);
}
