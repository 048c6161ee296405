// What the program does for a patient, on a contract that checks messages and answers.

import { AppError } from "../../app-view/src/error.mjs";

/** The account is the patient's own. */
const GROUND = { patient: {} };

/**
 * Takes out a policy in the terms as they are now, paying the first premium.
 * @param {import("./chain.mjs").Contract} claims
 * @param {{product: string, patient: string, payee?: string}} wanted
 */
export async function bind(claims, { product, patient, payee }) {
  const found = await claims.query({ product: { product, version: null } });
  const { version } = found;
  const denom = coin(found.denom);
  const premium = firstPayment(found.terms.premium);
  const funds = premium === "0" ? [] : [{ denom, amount: premium }];
  const message = { bind: { product, version, patient, ground: GROUND, payee: payee ?? claims.sender } };
  const { tx, event } = await claims.execute(message, funds, "policy_bound");
  const { policy, covered_until } = await claims.query({ policy: { policy: event.policy } });
  const json = { policy, product, version, premium, denom, tx };
  const until = new Date(covered_until * 1000).toISOString().slice(0, 19);
  return { json, text: `policy ${policy} of product ${product}, version ${version}: ${premium} ${denom} paid, covered until ${until}` };
}

/**
 * Publishes the evidence, for ever, and says what was paid for it.
 * @param {import("./chain.mjs").Contract} claims
 * @param {{policy: string, evidence: object[]}} wanted
 */
export async function claim(claims, { policy, evidence }) {
  const message = { claim: { policy, ground: GROUND, evidence } };
  const { tx, event } = await claims.execute(message, [], "claim_paid");
  const number = Number(event.claim);
  const { paid } = await claims.query({ claim: { policy, claim: number } });
  if (paid !== event.amount) {
    throw new AppError("app/paid", `the event says ${event.amount}, the claim ${paid}`);
  }
  const { product, payee } = await claims.query({ policy: { policy } });
  const denom = denomination((await claims.query({ product: { product, version: null } })).denom);
  const json = { policy, claim: number, amount: paid, denom, payee, tx };
  return { json, text: `claim ${policy}/${number}: ${paid} ${denom} paid to ${payee}` };
}

const denomination = ({ native, cw20 }) => native ?? cw20;

function coin(denom) {
  if (denom.native !== undefined) return denom.native;
  throw new AppError("app/denom", `the product is in tokens of ${denom.cw20}, which this program cannot send`);
}

const firstPayment = ({ once, instalments }) => (once ?? instalments).amount;
