import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { ContractSchema, problem } from "../src/schema.mjs";

const PUBLISHED = fileURLToPath(new URL("../../../schema", import.meta.url));
const anchor = new ContractSchema(PUBLISHED, "vitals-anchor");
const claims = new ContractSchema(PUBLISHED, "claims");

const batches = (change = {}) => ({ batches: { patient: "7", category: "cardiac", start_after: null, limit: 30, ...change } });

const batch = {
  id: { patient: "7", category: "cardiac", epoch: 490_000, device: "3", sequence: "1" },
  pairing: 1,
  root: "AAAA",
  private_root: null,
  digest: "AAAA",
  length: 4096,
  count: 600,
  first_at_ms: 1_764_000_000_000,
  last_at_ms: 1_764_000_001_000,
  generation: 1,
  measures: ["heart_rate"],
  shredded: null,
  assurance: "maker",
  calibrated: true,
  simulated: false,
  anchored_at_ms: 1_764_000_002_000,
};

test("the queries that are sent are in the published schema", () => {
  anchor.checkQuery(batches());
  anchor.checkQuery(batches({ start_after: batch.id }));
  claims.checkQuery({ policy: { policy: "1" } });
  claims.checkQuery({ pool: { product: "1" } });
  claims.checkQuery({ claims: { policy: "1", start_after: null, limit: 30 } });
  new ContractSchema(PUBLISHED, "consent").checkQuery({ patient: { patient: "7" } });
});

test("a query that is not published, or not in that form, is refused", () => {
  const refused = (message) => assert.throws(() => anchor.checkQuery(message), { code: "app/schema" });
  refused({ all_batches: {} });
  refused(batches({ category: "dental" }));
  refused(batches({ patient: 7 }));
  refused(batches({ limit: -1 }));
  refused(batches({ limit: 2 ** 32 }));
  refused(batches({ depth: 1 }));
  refused({ ...batches(), admin: {} });
});

test("an answer that lacks a field, has another or has one of another type is refused", () => {
  const refused = (change) =>
    assert.throws(() => anchor.checkAnswer("batches", { batches: [{ ...batch, ...change }] }), { code: "app/schema" });
  anchor.checkAnswer("batches", { batches: [batch, { ...batch, private_root: "AAAA" }] });
  anchor.checkAnswer("batches", { batches: [] });
  refused({ count: undefined });
  refused({ count: 65_536 });
  refused({ count: 1.5 });
  refused({ first_at_ms: 2 ** 53 });
  refused({ assurance: "none" });
  refused({ heart_rate: 72 });
  assert.throws(() => anchor.checkAnswer("batches", {}), { code: "app/schema" });
  assert.throws(() => anchor.checkAnswer("no_such_query", {}), { code: "app/schema" });
});

test("categories come from the schema", () => {
  assert.ok(anchor.names("Category").includes("cardiac"));
  assert.throws(() => anchor.names("NoSuchType"), { code: "app/schema" });
});

test("a keyword that is not known is an error, never a pass", () => {
  assert.match(problem({ type: "string", pattern: "^a" }, "b", "it"), /pattern is not known/);
  assert.match(problem({ $ref: "#/definitions/Missing" }, 1, "it"), /not known/);
  assert.match(problem({ type: "integer", format: "uint128" }, 1, "it"), /not a uint128/);
});
