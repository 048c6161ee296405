// What one person's wallet application would show: the patient's batches, the policy, its claims.

import { AppError } from "./error.mjs";

/** The most that a contract gives in one answer. */
const PAGE = 30;

/**
 * @param {import("./chain.mjs").Chain} chain
 * @param {Record<"consent" | "anchor" | "claims", {schema: import("./schema.mjs").ContractSchema, address: string}>} contracts
 * @param {string} patient
 * @param {string | undefined} policy
 */
export async function collect(chain, contracts, patient, policy) {
  const ask = ({ schema, address }, message) => chain.query(schema, address, message);
  const height = await chain.height();
  await ask(contracts.consent, { patient: { patient } });
  const batches = {};
  for (const category of contracts.anchor.schema.names("Category")) {
    batches[category] = await allBatches((message) => ask(contracts.anchor, message), patient, category);
  }
  const cover = policy === undefined ? {} : await policyOf((m) => ask(contracts.claims, m), patient, policy);
  return { node: chain.node, height, patient, batches, ...cover };
}

/** Pages until a page is empty: how many a page holds is the contract's to say. */
export async function allBatches(ask, patient, category) {
  const found = [];
  for (;;) {
    const start_after = found.at(-1)?.id ?? null;
    const page = await ask({ batches: { patient, category, start_after, limit: PAGE } });
    if (page.batches.length === 0) return found.map(shown);
    if (sameId(page.batches.at(-1).id, start_after)) {
      throw new AppError("app/paging", `${category} batches do not go on after sequence ${start_after.sequence}`);
    }
    found.push(...page.batches);
  }
}

function sameId(a, b) {
  return b !== null && a.epoch === b.epoch && a.device === b.device && a.sequence === b.sequence;
}

/** Bytes as hex, as vaults serve by them. */
const hex = (base64) => Buffer.from(base64, "base64").toString("hex");

function shown({ id, root, private_root, digest, ...rest }) {
  return {
    epoch: id.epoch,
    device: id.device,
    sequence: id.sequence,
    ...rest,
    root: hex(root),
    private_root: private_root ? hex(private_root) : null,
    digest: hex(digest),
  };
}

async function policyOf(ask, patient, policy) {
  const found = await ask({ policy: { policy } });
  if (found.patient !== patient) {
    throw new AppError("app/policy", `policy ${policy} is of patient ${found.patient}, not of ${patient}`);
  }
  const { denom } = await ask({ pool: { product: found.product } });
  const claims = await allClaims(ask, policy);
  return { policy: { ...found, denom: denom.native ?? denom.cw20 }, claims };
}

/** Pages until the contract names no claim to go on after. */
export async function allClaims(ask, policy) {
  const found = [];
  for (let start_after = null; ; ) {
    const { claims, next } = await ask({ claims: { policy, start_after, limit: PAGE } });
    found.push(...claims);
    if (!next) return found;
    if (next.claim === start_after) throw new AppError("app/paging", `claims do not go on after ${start_after}`);
    start_after = next.claim;
  }
}
