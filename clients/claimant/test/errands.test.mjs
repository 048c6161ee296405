import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { ContractSchema } from "../../app-view/src/schema.mjs";
import { attributes, refusal } from "../src/chain.mjs";
import { bind, claim } from "../src/errands.mjs";

const published = new ContractSchema(fileURLToPath(new URL("../../../schema", import.meta.url)), "claims");
const batch = { patient: "7", category: "cardiac", epoch: 490_000, device: "3", sequence: "1" };

/** A contract with these answers; keeps what it is sent, which must be in the published schema. */
function contract(answers, event) {
  const sent = [];
  return {
    sender: "wasm1patient",
    sent,
    async query(message) {
      published.checkQuery(message);
      return answers[Object.keys(message)[0]];
    },
    async execute(message, funds) {
      published.checkExecute(message);
      sent.push({ message, funds });
      return { tx: "AB", event };
    },
  };
}

const product = (premium, denom = { native: "uvital" }) => ({ version: 3, denom, terms: { premium } });

test("a policy is bound in the version that was read, for exactly its first premium", async () => {
  const claims = contract(
    { product: product({ once: { amount: "250" } }), policy: { policy: "4", covered_until: 1_764_000_000 } },
    { policy: "4" },
  );
  const { json, text } = await bind(claims, { product: "2", patient: "7" });
  const [{ message, funds }] = claims.sent;
  assert.deepEqual(message.bind, { product: "2", version: 3, patient: "7", ground: { patient: {} }, payee: "wasm1patient" });
  assert.deepEqual(funds, [{ denom: "uvital", amount: "250" }]);
  assert.equal(json.policy, "4");
  assert.match(text, /policy 4 of product 2, version 3: 250 uvital paid, covered until 2025-11-24T16:00:00/);
});

test("by instalments the first is paid, and cover that costs nothing is bound without coins", async () => {
  for (const [premium, paid] of [
    [{ instalments: { amount: "40", every_s: 60, grace_s: 10 } }, [{ denom: "uvital", amount: "40" }]],
    [{ once: { amount: "0" } }, []],
  ]) {
    const claims = contract({ product: product(premium), policy: { policy: "4", covered_until: 0 } }, { policy: "4" });
    await bind(claims, { product: "2", patient: "7", payee: "wasm1other" });
    assert.deepEqual(claims.sent[0].funds, paid);
    assert.equal(claims.sent[0].message.bind.payee, "wasm1other");
  }
});

test("a product in tokens is refused before anything is sent", async () => {
  const claims = contract({ product: product({ once: { amount: "1" } }, { cw20: "wasm1token" }) }, {});
  await assert.rejects(bind(claims, { product: "2", patient: "7" }), { code: "app/denom" });
  assert.equal(claims.sent.length, 0);
});

test("a claim sends the evidence as it is and says what the chain says was paid", async () => {
  const answers = {
    claim: { paid: "500" },
    policy: { product: "2", payee: "wasm1payee" },
    product: product({ once: { amount: "1" } }),
  };
  const claims = contract(answers, { claim: "1", amount: "500" });
  const evidence = [{ batch, proof: "AAAA" }];
  const { json, text } = await claim(claims, { policy: "4", evidence });
  assert.deepEqual(claims.sent[0].message.claim.evidence, evidence);
  assert.deepEqual(json, { policy: "4", claim: 1, amount: "500", denom: "uvital", payee: "wasm1payee", tx: "AB" });
  assert.equal(text, "claim 4/1: 500 uvital paid to wasm1payee");
});

test("an event that says another sum than the chain's record is an error", async () => {
  const claims = contract({ claim: { paid: "5" } }, { claim: "1", amount: "500" });
  await assert.rejects(claim(claims, { policy: "4", evidence: [] }), { code: "app/paid" });
});

test("evidence that is not in the schema's form is refused before it is sent", async () => {
  const claims = contract({}, {});
  for (const evidence of [{}, [{ batch }], [{ batch: { ...batch, device: 3 }, proof: "AAAA" }]]) {
    await assert.rejects(claim(claims, { policy: "4", evidence }), { code: "app/schema" });
  }
});

test("another contract's event does not pass for this one's", () => {
  const event = (_contract_address, policy) => ({
    type: "wasm-policy_bound",
    attributes: Object.entries({ _contract_address, policy }).map(([key, value]) => ({ key, value })),
  });
  const events = [event("wasm1other", "9"), event("wasm1claims", "4")];
  assert.equal(attributes(events, "wasm1claims", "policy_bound").policy, "4");
  assert.throws(() => attributes(events, "wasm1none", "policy_bound"), { code: "app/no_event" });
});

test("a contract's refusal keeps its code, and a node's error is none", () => {
  const log = "failed to execute message; message index: 0: claims/day_paid: day 0 is paid: execute wasm contract failed [x/wasm/keeper.go:1]";
  const refused = refusal(`Query failed with (6): rpc error: code = Unknown desc = ${log}`);
  assert.equal(refused.code, "claims/day_paid");
  assert.equal(refused.message, "claims/day_paid: day 0 is paid");
  assert.equal(refusal("out of gas in location: wasm contract"), null);
});
