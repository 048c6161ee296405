// What the examples share: options, a connection, files.

import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { loadNetwork, localAccount, Vaults, Vitals } from "@cw-vitals/client";
import { Identity, Keyring, loadCore } from "@cw-vitals/client/core";
import { KeyAgent } from "@cw-vitals/client/keys";

const COMMON = ["config", "words"];

/** Options as `--name value`; those in `wanted` and the common two must be there. */
export function options(wanted, optional = []) {
  const names = [...COMMON, ...wanted, ...optional];
  const { values } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: "string" }])) });
  const missing = [...COMMON, ...wanted].find((name) => values[name] === undefined);
  if (missing) throw new Error(`--${missing} is missing; options are ${names.map((name) => `--${name}`).join(" ")}`);
  return values;
}

const text = (path) => readFileSync(path, "utf8").trim();

/** A connection as the account of a file of words. Applications of people take `walletAccount` instead. */
export async function connect({ config, words }) {
  const network = loadNetwork(JSON.parse(text(config)));
  const vitals = await Vitals.connect(network, await localAccount(text(words), network.prefix));
  return { vitals, vaults: new Vaults(network, vitals.account) };
}

/** The age identity in a file. */
export async function identityIn(path) {
  await loadCore();
  return Identity.parse(text(path));
}

/** A key agent over a locked key file and a file of state beside it. */
export async function agentOf(vitals, vaults, { keys, passphrase }) {
  await loadCore();
  const word = text(passphrase);
  const store = {
    saveKeys: async (keyring) => writeFileSync(keys, keyring.lock(word), { mode: 0o600 }),
    loadState: async () => readJson(`${keys}.state`),
    saveState: async (state) => writeFileSync(`${keys}.state`, JSON.stringify(state)),
  };
  return new KeyAgent(vitals, vaults, Keyring.unlock(readFileSync(keys), word), store);
}

function readJson(path) {
  try {
    return JSON.parse(text(path));
  } catch {
    return undefined;
  }
}

/** Runs an example; an error goes to stderr with what to do about it. */
export function run(main) {
  main().then(
    () => process.exit(0),
    (error) => {
      console.error(String(error.message));
      if (error.advice) console.error(`what to do: ${error.advice}`);
      process.exit(1);
    },
  );
}
