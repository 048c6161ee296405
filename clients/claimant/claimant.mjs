#!/usr/bin/env node
// Takes out a policy, or claims under one, with CosmJS and the published schema.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { AppError } from "../app-view/src/error.mjs";
import { ContractSchema } from "../app-view/src/schema.mjs";
import { connect } from "./src/chain.mjs";
import { bind, claim } from "./src/errands.mjs";

const USAGE = `usage: node claimant.mjs bind  --node URL --deployment FILE --mnemonic-file FILE --product N --patient ID [--payee ADDRESS]
       node claimant.mjs claim --node URL --deployment FILE --mnemonic-file FILE --policy N --evidence FILE
  --node           a node's RPC, such as http://127.0.0.1:26657
  --deployment     deployment.json, where the contracts are
  --mnemonic-file  the patient's words
  --payee          who is paid; the patient's account by default
  --evidence       a JSON list of {batch, proof}; what it proves is public for ever
  --gas-price      0uvital by default
  --prefix         of addresses, wasm by default
  --schema         the published messages; the repository's schema/ by default
  --json           for programs`;

const text = { type: "string" };
const OPTIONS = {
  node: text,
  deployment: text,
  "mnemonic-file": text,
  product: text,
  patient: text,
  payee: text,
  policy: text,
  evidence: text,
  "gas-price": { ...text, default: "0uvital" },
  prefix: { ...text, default: "wasm" },
  schema: { ...text, default: fileURLToPath(new URL("../../schema", import.meta.url)) },
  json: { type: "boolean", default: false },
};

const COMMON = ["node", "deployment", "mnemonic-file"];
const ERRANDS = {
  bind: { wanted: ["product", "patient"], run: bind },
  claim: { wanted: ["policy", "evidence"], run: claim },
};

function options(args) {
  let parsed;
  try {
    parsed = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw new AppError("app/usage", `${cause.message}\n${USAGE}`);
  }
  const { values, positionals } = parsed;
  const errand = positionals.length === 1 ? ERRANDS[positionals[0]] : undefined;
  if (!errand) throw new AppError("app/usage", `bind or claim is wanted\n${USAGE}`);
  const missing = [...COMMON, ...errand.wanted].find((name) => values[name] === undefined);
  if (missing) throw new AppError("app/usage", `--${missing} is missing\n${USAGE}`);
  return { errand, values };
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new AppError("app/file", `${path}: ${cause.message}`);
  }
}

function readJson(path) {
  const content = read(path);
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new AppError("app/file", `${path}: ${cause.message}`);
  }
}

async function main(args) {
  const { errand, values } = options(args);
  const deployment = readJson(values.deployment);
  const missing = ["chain_id", "claims"].find((key) => typeof deployment?.[key] !== "string");
  if (missing) throw new AppError("app/deployment", `${values.deployment} has no ${missing}`);
  const schema = new ContractSchema(values.schema, "claims");
  const evidence = values.evidence === undefined ? undefined : readJson(values.evidence);
  const account = { mnemonic: read(values["mnemonic-file"]).trim(), prefix: values.prefix };
  const chain = await connect(values.node, deployment.chain_id, account, values["gas-price"]);
  const done = await errand.run(chain.contract(schema, deployment.claims), { ...values, evidence });
  process.stdout.write(`${values.json ? JSON.stringify(done.json) : done.text}\n`);
}

main(process.argv.slice(2)).then(
  // the connection is kept alive by its agent, which is of no use any more
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error instanceof AppError ? error.message : error.stack}\n`);
    process.exit(error.code === "app/usage" ? 2 : 1);
  },
);
