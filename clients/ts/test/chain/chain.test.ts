import { readFileSync } from "node:fs";
import { Secp256k1HdWallet } from "@cosmjs/amino";
import { beforeAll, expect, inject, test, vi } from "vitest";
import type { Followed, FollowState } from "../../src/index.js";
import { attribute, ChainNode, consentCalls, expectEvent, localAccount, Vitals, withFunds } from "../../src/index.js";
import { run } from "./process.js";
import { accountOf, addressOf, grantTo } from "./ward.js";
import { openWorld, type World } from "./world.js";

let world: World;

beforeAll(async () => {
  world = await openWorld(inject("world"));
});

async function enrolled(vitals: Vitals): Promise<string> {
  const { events } = await vitals.send(consentCalls.enrol());
  return attribute(expectEvent(events, "consent", "enrolled"), "patient");
}

test("a patient enrols, grants and revokes, several messages in one transaction", async () => {
  const vitals = await world.as("patient");
  const patient = await enrolled(vitals);
  const grantees = [addressOf(await world.as("clinician")), addressOf(await world.as("insurer"))];
  const grants = grantees.map((account) => consentCalls.grant({ patient, grant: grantTo(account, ["read"]) }));
  const { events } = await vitals.send(grants);
  const numbers = events.filter(({ kind }) => kind === "granted").map((event) => attribute(event, "grant"));
  expect(numbers).toHaveLength(2);
  await vitals.send(consentCalls.revoke({ patient, grant: numbers[0] ?? "" }));
  const { grants: left } = await vitals.consent.grants({ patient });
  expect(left.map(({ grant, revoked }) => [grant, revoked])).toEqual([
    [numbers[0], true],
    [numbers[1], false],
  ]);
});

test("a refusal keeps the contract's code in a query and in a transaction, which changes nothing", async () => {
  const vitals = await world.as("stranger");
  await expect(vitals.consent.patient({ patient: "1" })).rejects.toMatchObject({
    code: "state/not_found",
  });
  const patient = await enrolled(await world.as("guardian"));
  const { height } = await vitals.head();
  const refused = vitals.send([consentCalls.enrol(), consentCalls.revoke({ patient, grant: "1" })]);
  await expect(refused).rejects.toMatchObject({
    code: expect.stringMatching(/^consent\//),
    advice: expect.any(String),
  });
  const { patients } = await vitals.consent.patientsOf({ account: addressOf(vitals) });
  expect(patients).toEqual([]);
  expect(height).toBeGreaterThan(0);
});

test("coins that a message does not ask for are refused", async () => {
  const vitals = await world.as("stranger");
  const call = withFunds(consentCalls.enrol(), [{ denom: "uvital", amount: "1" }]);
  await expect(vitals.send(call)).rejects.toMatchObject({ code: expect.stringMatching(/funds/) });
});

test("calls that are sent at once go one after the other", async () => {
  const vitals = await world.as("board");
  const sent = await Promise.all([1, 2, 3].map(() => enrolled(vitals)));
  expect(new Set(sent).size).toBe(3);
});

test("events are pushed within a second of their block, to whom they concern", async () => {
  const [patient, other] = [await world.as("maker"), await world.as("arbiter")];
  const number = await enrolled(patient);
  const [events, states]: [Followed[], FollowState[]] = [[], []];
  let heardAt = 0;
  const stop = other.follow(
    { patient: number, contract: "consent" },
    (event) => {
      heardAt = Date.now();
      events.push(event);
    },
    (state) => states.push(state),
  );
  await vi.waitFor(() => expect(states.at(-1)?.state).toBe("live"), 10_000);
  const done = patient.send(consentCalls.grant({ patient: number, grant: grantTo(addressOf(other), ["read"]) }));
  await enrolled(other);
  const { height } = await done;
  await vi.waitFor(() => expect(events).toHaveLength(1), 5_000);
  stop();
  expect(events[0]).toMatchObject({ contract: "consent", kind: "granted", height, attributes: { patient: number } });
  expect(heardAt - (events[0]?.timeMs ?? 0)).toBeLessThan(2_000);
});

test("who follows from an earlier height on is told what happened since", async () => {
  const vitals = await world.as("vault");
  const { height } = await vitals.head();
  const patient = await enrolled(vitals);
  const events: Followed[] = [];
  const stop = vitals.follow({ patient, from: height }, (event) => events.push(event));
  await vi.waitFor(() => expect(events.map(({ kind }) => kind)).toEqual(["enrolled"]), 10_000);
  stop();
});

test("an account that the chain has never seen is told so", async () => {
  const account = await localAccount(`${"abandon ".repeat(11)}about`, "wasm");
  const vitals = await Vitals.connect(world.network, account);
  await expect(vitals.send(consentCalls.enrol())).rejects.toMatchObject({ code: "account/unknown" });
});

test("a node of another chain, or none, is refused before anything is asked of it", async () => {
  await expect(ChainNode.connect({ ...world.network, chainId: "other-1" })).rejects.toMatchObject({
    code: "node/wrong_chain",
  });
  await expect(ChainNode.connect({ ...world.network, node: "http://127.0.0.1:1" })).rejects.toMatchObject({
    code: "node/unreachable",
  });
});

test("without an account queries answer, and nothing is sent", async () => {
  const vitals = await Vitals.connect(world.network);
  expect((await vitals.consent.admin()).paused).toBe(false);
  await expect(vitals.send(consentCalls.enrol())).rejects.toMatchObject({ code: "account/none" });
});

test("fees come from whoever allows it: the payer of the network, or none", async () => {
  const words = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
  const account = await localAccount(words, "wasm");
  const sponsor = addressOf(await world.as("insurer"));
  const grant = [
    "sponsor",
    "grant",
    "--to",
    account.address,
    "--total",
    "1000000uvital",
    "--expires",
    "2999-01-01T00:00:00Z",
  ];
  const { node } = world.network;
  const by = ["--node", node, "--mnemonic-file", world.words("insurer")];
  await run(world.programs.vitals, [...grant, ...by]);
  const paid = { ...world.network, gasPrice: "0.001uvital" };
  const alone = await Vitals.connect(paid, account);
  await expect(alone.send(consentCalls.enrol())).rejects.toMatchObject({ code: "tx/fee" });
  const sponsored = await Vitals.connect({ ...paid, feeGranter: sponsor }, account);
  const before = await sponsored.node.balance(sponsor, "uvital");
  expect((await sponsored.estimate(consentCalls.enrol())).granter).toBe(sponsor);
  await enrolled(sponsored);
  expect(await sponsored.node.balance(sponsor, "uvital")).toBeLessThan(before);
  const stranger = addressOf(await world.as("stranger"));
  const refused = sponsored.send(consentCalls.enrol(), { feeGranter: stranger });
  await expect(refused).rejects.toMatchObject({ code: "tx/fee" });
});

test("a signer that knows amino alone, as a hardware wallet, signs too", async () => {
  const { address, ...account } = accountOf(await world.as("guardian"));
  const mnemonic = readFileSync(world.words("guardian"), "utf8");
  const signer = await Secp256k1HdWallet.fromMnemonic(mnemonic, { prefix: world.network.prefix });
  const vitals = await Vitals.connect(world.network, { ...account, address, signer });
  expect(await enrolled(vitals)).toMatch(/^\d+$/);
});
