// The built module, with the files of testdata/vectors.

import { readFileSync } from "node:fs";

import * as core from "../../../clients/ts/core/core.js";

const root = new URL("../../../", import.meta.url);

core.initSync({ module: readFileSync(new URL("clients/ts/core/core_bg.wasm", root)) });

export { core };

export const vectors = (name) => JSON.parse(readFileSync(new URL(`testdata/vectors/${name}.json`, root)));

export const fromHex = (text) => new Uint8Array(Buffer.from(text, "hex"));
export const fromBase64 = (text) => new Uint8Array(Buffer.from(text, "base64"));
export const hex = (bytes) => Buffer.from(bytes).toString("hex");
export const base64 = (bytes) => Buffer.from(bytes).toString("base64");

/** The stable code that a call throws; fails the test where it throws none. */
export function codeOf(call) {
  try {
    call();
  } catch (error) {
    return error.code;
  }
  throw new Error("nothing was thrown");
}
