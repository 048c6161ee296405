#!/usr/bin/env node
// Shows a patient's batches and policy, read from a chain with CosmJS and the published schema.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { connect } from "./src/chain.mjs";
import { AppError } from "./src/error.mjs";
import { text } from "./src/print.mjs";
import { ContractSchema } from "./src/schema.mjs";
import { collect } from "./src/view.mjs";

const USAGE = `usage: node app-view.mjs --node URL --deployment FILE --patient ID [--policy ID] [--json] [--schema DIR]
  --node        a node's RPC, such as http://127.0.0.1:26657
  --deployment  deployment.json, where the contracts are
  --patient     the patient's number
  --policy      a policy of that patient, shown with its claims
  --json        for programs
  --schema      the published messages; the repository's schema/ by default`;

const OPTIONS = {
  node: { type: "string" },
  deployment: { type: "string" },
  patient: { type: "string" },
  policy: { type: "string" },
  json: { type: "boolean", default: false },
  schema: { type: "string", default: fileURLToPath(new URL("../../schema", import.meta.url)) },
};

const MAX_U64 = 2n ** 64n - 1n;

function options(args) {
  let values;
  try {
    ({ values } = parseArgs({ args, options: OPTIONS }));
  } catch (cause) {
    throw new AppError("app/usage", `${cause.message}\n${USAGE}`);
  }
  const missing = ["node", "deployment", "patient"].find((name) => values[name] === undefined);
  if (missing) throw new AppError("app/usage", `--${missing} is missing\n${USAGE}`);
  if (!/^https?:\/\//.test(values.node)) throw new AppError("app/usage", `--node takes an http URL, got ${values.node}`);
  for (const name of ["patient", "policy"]) checkNumber(name, values[name]);
  return values;
}

function checkNumber(name, value) {
  const canonical = value === undefined || (/^(0|[1-9]\d{0,19})$/.test(value) && BigInt(value) <= MAX_U64);
  if (!canonical) throw new AppError("app/usage", `--${name} takes a whole number below 2^64, got ${value}`);
}

function readDeployment(path) {
  let deployment;
  try {
    deployment = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new AppError("app/deployment", `${path}: ${cause.message}`);
  }
  const missing = ["chain_id", "consent", "vitals_anchor", "claims"].find((key) => typeof deployment?.[key] !== "string");
  if (missing) throw new AppError("app/deployment", `${path} has no ${missing}`);
  return deployment;
}

async function main(args) {
  const { node, deployment: path, patient, policy, json, schema } = options(args);
  const deployment = readDeployment(path);
  const contract = (name, address) => ({ schema: new ContractSchema(schema, name), address });
  const contracts = {
    consent: contract("consent", deployment.consent),
    anchor: contract("vitals-anchor", deployment.vitals_anchor),
    claims: contract("claims", deployment.claims),
  };
  const chain = await connect(node, deployment.chain_id);
  const view = await collect(chain, contracts, patient, policy);
  process.stdout.write(json ? `${JSON.stringify(view, null, 2)}\n` : text(view));
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error instanceof AppError ? error.message : error.stack}\n`);
  process.exitCode = error.code === "app/usage" ? 2 : 1;
});
