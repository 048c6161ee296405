import { readFile } from "node:fs/promises";

/** Node fetches no file URLs: the wasm beside the glue is read. */
export const ownSource = (): Promise<Uint8Array<ArrayBuffer>> =>
  readFile(new URL("../../core/core_bg.wasm", import.meta.url)).then((bytes) => new Uint8Array(bytes));
