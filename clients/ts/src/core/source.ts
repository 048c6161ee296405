/** In a browser the wasm is fetched from beside its glue, where a bundler finds it by this. */
export const ownSource = (): Promise<URL> => Promise.resolve(new URL("../../core/core_bg.wasm", import.meta.url));
