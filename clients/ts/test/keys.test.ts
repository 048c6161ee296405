import { beforeAll, expect, test } from "vitest";
import type { ContractCall } from "../src/contract.js";
import { Keyring, loadCore } from "../src/core/index.js";
import { KeyAgent, type KeyStore } from "../src/keys.js";
import type { Vaults } from "../src/vaults.js";
import type { Vitals } from "../src/vitals.js";

beforeAll(() => loadCore());

/** A chain with one patient and no grants, whose revocation left new keys due; what is sent to it, in order. */
function pendingChain() {
  const patient = {
    patient: "7",
    controller: "wasm1p",
    generation: 0,
    pending: true,
    raised_at_ms: 3_600_000,
    commitment: null,
  };
  const log: string[] = [];
  const vitals = {
    consent: { patient: () => Promise.resolve({ ...patient }), grants: () => Promise.resolve({ grants: [] }) },
    send({ msg }: ContractCall) {
      log.push(Object.keys(msg)[0] ?? "");
      if ("open_generation" in msg) Object.assign(patient, { generation: 1, pending: false });
      return Promise.resolve({ events: [] });
    },
  };
  return { log, vitals: vitals as unknown as Vitals };
}

const storeWith = (saveKeys: KeyStore["saveKeys"]): KeyStore => ({
  saveKeys,
  loadState: () => Promise.resolve(undefined),
  saveState: () => Promise.resolve(),
});

const none = {} as Vaults;

test("new keys are kept before their commitment is posted", async () => {
  const { log, vitals } = pendingChain();
  const store = storeWith(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    log.push("kept");
  });
  const agent = new KeyAgent(vitals, none, Keyring.create("7", 0), store);
  // two at once: the second finds the work done
  const [first, second] = await Promise.all([agent.rotate(), agent.rotate()]);
  expect(log).toEqual(["kept", "open_generation"]);
  expect([first?.generation, second]).toEqual([1, undefined]);
});

test("keys that could not be kept are kept before anything is posted the next time", async () => {
  const { log, vitals } = pendingChain();
  let full = true;
  const store = storeWith(() => {
    if (full) return Promise.reject(new Error("the disk is full"));
    log.push("kept");
    return Promise.resolve();
  });
  const agent = new KeyAgent(vitals, none, Keyring.create("7", 0), store);
  await expect(agent.rotate()).rejects.toThrow("the disk is full");
  expect(log).toEqual([]);
  full = false;
  await agent.rotate();
  expect(log).toEqual(["kept", "open_generation"]);
});

test("keys of another patient do nothing", async () => {
  const { log, vitals } = pendingChain();
  const agent = new KeyAgent(
    vitals,
    none,
    Keyring.create("8", 0),
    storeWith(() => Promise.resolve()),
  );
  await expect(agent.rotate()).rejects.toMatchObject({ code: "keys/patient" });
  expect(log).toEqual([]);
});

test("a change ends the earlier grant and gives the new one in one transaction, and only then brings in new keys", async () => {
  const { log, vitals } = pendingChain();
  const sent: string[][] = [];
  const events = [{ contract: "consent", kind: "granted", attributes: { patient: "7", grant: "2" } }];
  const send = (calls: ContractCall | ContractCall[]) => {
    sent.push([calls].flat().map(({ msg }) => Object.keys(msg)[0] ?? ""));
    return Array.isArray(calls) ? Promise.resolve({ events }) : vitals.send(calls);
  };
  const keeping = { ...vitals, send } as unknown as Vitals;
  const store = storeWith(() => Promise.resolve());
  const agent = new KeyAgent(keeping, none, Keyring.create("7", 0), store);
  const grant = {
    grantee: { account: "wasm1d" },
    purposes: ["TREAT" as const],
    categories: ["cardiac" as const],
    actions: ["read" as const],
    window: { from: 1, to: 2 },
    valid_until: 10,
  };
  const changed = await agent.change("1", grant);
  expect(sent).toEqual([["revoke", "grant"], ["open_generation"]]);
  expect(changed).toMatchObject({ grant: "2", rotation: { generation: 1 } });
  expect(log).toEqual(["open_generation"]);
});
