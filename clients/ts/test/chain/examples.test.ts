import { spawn } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, inject, test, vi } from "vitest";

import { Identity as CoreIdentity, type Identity } from "../../src/core/index.js";
import type { ProductMsg, TermsMsg } from "../../src/generated/claims.js";
import { attribute, claimsCalls, consentCalls, expectEvent, type Vitals, withFunds } from "../../src/index.js";
import { ROOT, run } from "./process.js";
import { addressOf, grantTo, openWard, type Ward } from "./ward.js";
import { type Name, openWorld, type World } from "./world.js";

// Every example as somebody would run it: a process of Node on the package as it is built.

const EXAMPLES = join(ROOT, "clients/ts/examples");

let world: World;
let ward: Ward;

beforeAll(async () => {
  world = await openWorld(inject("world"));
  ward = await openWard(world);
  await ward.agent.rotate();
});

const common = (name: Name): string[] => ["--config", join(world.home, "config.json"), "--words", world.words(name)];

async function example(name: string, who: Name, args: string[]): Promise<string> {
  return (await run("node", [join(EXAMPLES, `${name}.mjs`), ...common(who), ...args])).stdout;
}

/** Publishes a recipient for an account; gives the file with its identity. */
async function identityOf(name: Name): Promise<string> {
  const identity: Identity = CoreIdentity.create();
  await (await world.as(name)).send(consentCalls.setRecipient({ recipient: identity.recipient }));
  return world.file(`${name}.identity`, identity.reveal());
}

const coins = (amount: string) => [{ denom: world.network.denom, amount }];

test("the patient grants, the clinician reads, the dashboard tells, and the patient revokes", async () => {
  const identity = await identityOf("clinician");
  const keys = ["--keys", join(world.home, "patient.keys"), "--passphrase", join(world.home, "passphrase")];
  const told: string[] = [];
  const watch = spawn("node", [join(EXAMPLES, "dashboard.mjs"), ...common("clinician"), "--patient", ward.patient]);
  watch.stdout.on("data", (data: Buffer) => told.push(data.toString()));
  watch.stderr.on("data", (data: Buffer) => told.push(data.toString()));
  await vi.waitFor(() => expect(told.join("")).toContain("live"), 20_000);

  const clinician = addressOf(await world.as("clinician"));
  const said = await example("patient-grant", "patient", [
    ...keys,
    "--grantee",
    clinician,
    "--category",
    "cardiac",
    "--days",
    "2",
  ]);
  expect(said).toContain("the keys are in the vaults");
  const grant = /granted (\d+):/.exec(said)?.[1] ?? "";
  const before = (await ward.anchored(0)).length;
  await ward.anchored(before + 1);

  const read = await example("clinician-read", "clinician", [
    "--identity",
    identity,
    "--patient",
    ward.patient,
    "--grant",
    grant,
  ]);
  expect(read).toMatch(/cardiac \d+\/\d+: \d+ readings, verified SIMULATED/);
  expect(read).toMatch(/Heart rate \d+\.\d \/min/);
  expect(read).not.toContain("NOT READ");

  const revoked = await example("patient-grant", "patient", [...keys, "--revoke", grant]);
  expect(revoked).toMatch(/revoked \d+\nnew keys, generation \d+/);
  const refused = await example("clinician-read", "clinician", [
    "--identity",
    identity,
    "--patient",
    ward.patient,
    "--grant",
    grant,
  ]).catch((error: { stderr: string }) => error.stderr);
  expect(refused).toMatch(/^consent\/grant_revoked: .*\nwhat to do: /);

  await vi.waitFor(() => expect(told.join("")).toContain('"kind":"revoked"'), 5_000);
  expect(told.join("")).toContain('"kind":"granted"');
  const ended = new Promise((resolve) => watch.once("exit", resolve));
  watch.kill("SIGTERM");
  expect(await ended).toBe(0);
  // the example changed the keys
  ward = await openWard(world);
});

const TERMS: Omit<TermsMsg, "evidence"> = {
  benefit: { per_event: { amount: "50000", max_claims: 3, separation_s: 0 } },
  premium: { once: { amount: "6000" } },
  minimum_charge: "1000",
  term_s: 86_400,
  waiting_s: 0,
  file_within_s: 86_400,
  reward: null,
  terms_digest: Buffer.alloc(32, 7).toString("base64"),
};

/** A product of the insurer, with money in its pool, bound by the patient: the policy. */
async function policyOn(evidence: TermsMsg["evidence"]): Promise<string> {
  const [owner, insurer] = [await world.as("deployer"), await world.as("insurer")];
  await owner.send(claimsCalls.admitDenom({ denom: { native: world.network.denom } })).catch(() => undefined);
  const product: ProductMsg = { denom: { native: world.network.denom }, terms: { ...TERMS, evidence } };
  const made = await insurer.send(claimsCalls.createProduct({ insurer: null, product }));
  const number = attribute(expectEvent(made.events, "claims", "product_created"), "product");
  await insurer.send(withFunds(claimsCalls.deposit({ product: number }), coins("1000000")));
  const bind = claimsCalls.bind({
    product: number,
    version: 1,
    patient: ward.patient,
    ground: { patient: {} },
    payee: addressOf(ward.vitals),
  });
  const bound = await ward.vitals.send(withFunds(bind, coins("6000")));
  return attribute(expectEvent(bound.events, "claims", "policy_bound"), "policy");
}

async function balance(vitals: Vitals): Promise<bigint> {
  return vitals.node.balance(addressOf(vitals), world.network.denom);
}

test("the insurer claims on readings that it may disclose, and the patient is paid", async () => {
  const identity = await identityOf("insurer");
  const insurer = addressOf(await world.as("insurer"));
  const { grant, issued } = await ward.agent.grant(grantTo(insurer, ["read", "disclose"], { purposes: ["HPAYMT"] }));
  expect(issued).toBeUndefined();
  const policy = await policyOn({
    disclosed: {
      rule: {
        conditions: [{ measure: "heart_rate", comparison: "at_least", threshold: 1200 }],
        readings: 3,
        spaced_s: 1,
        within_s: 600,
        anchored_within_s: 7200,
        min_assurance: "maker",
        accept_questionable: false,
        paired_for_s: 0,
        calibrated: false,
        accept_simulated: true,
      },
      models: [],
    },
  });
  await ward.anchored((await ward.anchored(0)).length + 2);
  const before = await balance(ward.vitals);
  const args = ["--identity", identity, "--policy", policy, "--grant", grant];
  const shown = await example("insurer-claim", "insurer", args);
  expect(shown).toMatch(
    /^these 3 readings would be public for ever:\n( {2}.* heart_rate 1\d\d(\.\d)?\n){3}nothing was sent\n$/,
  );
  expect(await balance(ward.vitals)).toBe(before);
  const paid = await example("insurer-claim", "insurer", [...args, "--send", "yes"]);
  expect(paid).toContain(`claim ${policy}/1: 50000 paid`);
  expect((await balance(ward.vitals)) - before).toBe(50_000n);
});

test("the insurer decides an invoice that the patient filed", async () => {
  const arbiter = addressOf(await world.as("arbiter"));
  const policy = await policyOn({
    invoice: {
      category: "cardiac",
      assess_within_s: 86_400,
      appeal_within_s: 86_400,
      arbitrate_within_s: 86_400,
      silence: "to_arbiter",
      arbiter,
      fee: "2000",
    },
  });
  const { covered_from } = await ward.vitals.claims.policy({ policy });
  const invoice = {
    digest: Buffer.alloc(32, 9).toString("base64"),
    amount: "12000",
    served_from: covered_from,
    served_until: covered_from + 1,
  };
  await vi.waitFor(
    async () => expect((await ward.vitals.head()).timeMs).toBeGreaterThan((covered_from + 2) * 1000),
    10_000,
  );
  const file = claimsCalls.fileInvoice({ policy, ground: { patient: {} }, invoice });
  await ward.vitals.send(withFunds(file, coins("2000")));
  const said = await example("insurer-claim", "insurer", ["--policy", policy, "--claim", "1", "--award", "12000"]);
  expect(said).toMatch(new RegExp(`claim ${policy}/1: \\w+, 12000 paid`));
});
