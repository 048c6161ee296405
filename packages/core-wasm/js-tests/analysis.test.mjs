// NEWS2, the monitor, baselines, adherence, and requests to vaults.

import assert from "node:assert/strict";
import { test } from "node:test";

import { codeOf, core, fromBase64, vectors } from "./load.mjs";

const HOUR = 3_600_000;
const HEART_RATE = 1;
const DOSE = 9;

test("the table of measures is in units", () => {
  const heart = core.measures().find(({ code }) => code === HEART_RATE);
  assert.deepEqual([heart.name, heart.loinc, heart.unit, heart.low, heart.high], ["heart_rate", "8867-4", "/min", 10, 350]);
});

test("a patient of the chart's worst column scores 20, and what is missing is not normal", () => {
  const worst = { respiration: 25, oxygenSaturation: 91, supplementalOxygen: true, systolicPressure: 90, pulse: 131,
    consciousness: "cvpu", temperature: 35 };
  const score = core.news2(worst, "one");
  assert.deepEqual([score.score, score.riskAtLeast, score.missing], [20, "high", []]);
  const { score: none, atLeast, missing } = core.news2({ pulse: 72 }, "one");
  assert.deepEqual([none, atLeast, missing.length], [null, 0, 6]);
  assert.equal(codeOf(() => core.news2({ pulse: 72, pulses: 1 }, "one")), "core/object");
  assert.equal(codeOf(() => core.news2({}, "three")), "core/name");
});

test("an observation too old is missing, and told as stale", () => {
  const round = new core.Round();
  assert.ok(round.take(HEART_RATE, 72, 0, 0, 0));
  assert.deepEqual(round.score("one", HOUR).stale, []);
  assert.deepEqual(round.score("one", HOUR + 1).stale, ["pulse"]);
  assert.equal(round.take(HEART_RATE, 72, 0, 4, 0), false, "of poor quality");
});

const plan = {
  thresholds: [{ rule: 7, measure: "heart_rate", comparison: "at_least", value: 1200, for_readings: 2, severity: "urgent", ladder: 1 }],
};

test("a monitor finds what crosses the plan's threshold, in units and with its evidence", () => {
  const monitor = core.Monitor.ofPlan(plan);
  assert.deepEqual(monitor.take(HEART_RATE, 130, 1000, 1), []);
  const [finding] = core.Monitor.restore(monitor.save()).take(HEART_RATE, 131.5, 2000, 1);
  assert.deepEqual([finding.rule, finding.kind, finding.severity, finding.simulated], [7, "high", "urgent", true]);
  assert.deepEqual(finding.evidence.map(({ value, atMs }) => [value, atMs]), [[130, 1000], [131.5, 2000]]);
  assert.deepEqual([finding.explanation.key, finding.explanation.value, finding.explanation.limit], ["threshold", 131.5, 120]);
  assert.match(finding.english, /131.5 \/min/);
  const detail = { ...JSON.parse(`{"rule":7,"measure":"heart_rate","kind":"high","severity":"urgent","ladder":1,"from_ms":1,"to_ms":2,
    "simulated":true,"evidence":[{"index":0,"value":1300,"at_ms":1}],"explanation":null}`) };
  assert.equal(core.readFinding(Buffer.from(JSON.stringify(detail))).evidence[0].value, 130);
});

test("a plan's mistake is told by its code, and what it says is not quoted", () => {
  const wrong = structuredClone(plan);
  wrong.thresholds[0].for_readings = 0;
  assert.equal(codeOf(() => core.checkPlan(wrong)), "threshold/for_readings");
  wrong.thresholds[0].measure = "a secret diagnosis";
  try {
    core.checkPlan(wrong);
    assert.fail("taken");
  } catch (error) {
    assert.equal(error.code, "core/object");
    assert.ok(!error.message.includes("diagnosis"));
  }
});

test("doses are held against the schedule", () => {
  const DAY = 24 * HOUR;
  const taking = { medication: [{ first_at_ms: HOUR, every_ms: DAY, doses: 3, early_ms: 0, on_time_ms: HOUR, late_ms: 2 * HOUR }],
    personal: { first_rule: 100, ladder: 1 } };
  const report = core.adherence(taking, Float64Array.of(HOUR, DAY + 2.5 * HOUR), 0, 3 * DAY, 3 * DAY);
  assert.deepEqual([report.onTime, report.late, report.missed, report.takenShare], [1, 1, 1, 0.666]);
  assert.equal(codeOf(() => core.adherence(taking, Float64Array.of(0.5), 0, DAY, DAY)), "core/number");
  assert.equal(core.measures().find(({ code }) => code === DOSE).name, "dose_taken");
});

test("a fortnight of one level is usual, and a week of history is needed", () => {
  const vector = vectors("batch");
  const keys = core.KeyPackage.open(fromBase64(vector.package), core.Identity.parse(vector.identity));
  const baseline = new core.Baseline(HEART_RATE);
  baseline.takeBatch(keys.openBatch(vector.info, fromBase64(vector.sealed)));
  assert.equal(baseline.usual(vector.info.last_at_ms), null);
  assert.equal(core.trend(HEART_RATE, Int32Array.of(1, 2), Float64Array.of(1, 2)), null);
  assert.equal(codeOf(() => core.trend(HEART_RATE, Int32Array.of(1), Float64Array.of(1, 2))), "core/columns");
});

test("a request to a vault is what an account signs by ADR-036", () => {
  const fields = { vault: "first", account: "wasm1x", method: "GET", target: "/v1/blobs/1", nowS: 5 };
  const request = new core.VaultRequest(fields, new Uint8Array());
  const payload = JSON.parse(Buffer.from(request.payload));
  assert.deepEqual([payload.vault, payload.expires, payload.nonce.length], ["first", 65, 32]);
  const doc = JSON.parse(Buffer.from(request.signDoc));
  assert.equal(doc.msgs[0].value.signer, "wasm1x");
  assert.deepEqual(Buffer.from(doc.msgs[0].value.data, "base64"), Buffer.from(request.payload));
  assert.match(request.authorization(new Uint8Array(33), new Uint8Array(64)), /^Vitals [\w-]+\.[\w-]+\.[\w-]+$/);
  assert.equal(codeOf(() => request.authorization(new Uint8Array(32), new Uint8Array(64))), "core/signature");
  assert.equal(core.groundText({ grant: { id: 7 } }), "grant:7");
});

test("a session is a text for the account, and a digest for the session's key of each request", () => {
  const fields = { chainId: "vitals-1", account: "wasm1x", vaults: ["first", "second"], nowS: 1_795_442_000 };
  const session = new core.VaultSession(fields, new Uint8Array(32).fill(7));
  assert.match(session.text, /^Chain: vitals-1\nAccount: wasm1x\nVault: first\nVault: second\nSession key: (07){32}\n/m);
  assert.equal(session.until, fields.nowS + 3_600);
  assert.equal(session.digest(Uint8Array.of(1)).length, 32);
  assert.notDeepEqual(session.digest(Uint8Array.of(1)), session.digest(Uint8Array.of(2)));
  const header = session.authorization(Uint8Array.of(1), new Uint8Array(64), new Uint8Array(33), new Uint8Array(64));
  assert.match(header, /^Vitals-Session ([\w-]+\.){4}[\w-]+$/);
  assert.equal(codeOf(() => new core.VaultSession({ ...fields, vaults: [] }, new Uint8Array(32).fill(7))), "vault/session_form");
  assert.equal(codeOf(() => new core.VaultSession(fields, new Uint8Array(32))), "vault/session_form");
});
