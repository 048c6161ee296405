import { readFileSync } from "node:fs";

import { NAMES, type Vectors } from "./check.js";

/** The vectors as they are committed. */
export function readVectors(): Vectors {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../../../testdata/vectors/${name}.json`, import.meta.url), "utf8"));
  return Object.fromEntries(NAMES.map((name) => [name, read(name)])) as Vectors;
}
