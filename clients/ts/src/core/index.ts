/// <reference lib="esnext.disposable" preserve="true" />

// The core: formats, keys, verification and analysis, which is packages/core compiled to wasm. The same code
// runs in the contracts and in the gateway.
//
// Load it once with `loadCore`, before anything else of it is called; what is called then is synchronous, and a
// long computation belongs in a worker. What it throws has a stable `code`, see `toVitalsError`. The library named above
// is of the types of its handles, which `using` frees.

import { ownSource } from "#core-source";
import init from "../../core/core.js";

import { coded, textOf, VitalsError } from "../errors.js";

export * from "../../core/core.js";

/** Where the wasm is, where it is not beside its glue: its bytes, a URL, an answer to a request, a compiled module. */
export type CoreSource = BufferSource | URL | string | Response | WebAssembly.Module;

let loading: Promise<void> | undefined;

/**
 * Compiles the core; the second call and any later one does nothing.
 * @throws VitalsError `core/load` where the wasm cannot be had or compiled; the next call tries again
 */
export function loadCore(source?: CoreSource): Promise<void> {
  loading ??= load(source).catch((cause: unknown) => {
    loading = undefined;
    throw new VitalsError("core/load", `the core could not be loaded: ${textOf(cause)}`, { cause });
  });
  return loading;
}

async function load(source: CoreSource | undefined): Promise<void> {
  await init({ module_or_path: source ?? (await ownSource()) });
}

/** Whatever was thrown as an error of this client, with the code that the core gave it. */
export function toVitalsError(error: unknown): VitalsError {
  if (error instanceof VitalsError) return error;
  return coded(textOf(error), { cause: error }) ?? new VitalsError("core/fault", textOf(error), { cause: error });
}

/** Calls the core; what it throws becomes a `VitalsError`. */
export function inCore<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw toVitalsError(error);
  }
}
