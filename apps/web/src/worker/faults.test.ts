import type { Account, VaultObserver } from "@cw-vitals/client";
import { VitalsError } from "@cw-vitals/client/errors";
import type { Reader } from "@cw-vitals/client/readings";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { vaultFaults } from "../data/vault-faults";
import { Core, type ReadHandlers } from "./pool";
import type { FromWorker, ReadJob, ToWorker } from "./protocol";

const made = vi.hoisted(() => ({ observer: undefined as VaultObserver | undefined }));

vi.mock("@cw-vitals/client", () => ({
  Vitals: { connect: async () => ({ withAccount: () => ({}) }) },
  Vaults: class {
    constructor(_network: unknown, _account: unknown, onFault?: VaultObserver) {
      made.observer = onFault;
    }
  },
}));
vi.mock("@cw-vitals/client/core", () => ({
  loadCore: async () => undefined,
  inCore: (call: () => unknown) => call(),
  Identity: Object.assign(() => undefined, { parse: () => ({}) }),
}));

const JOB = { reader: { identity: "I", publicKey: new Uint8Array() }, ground: { patient: {} } } as unknown as ReadJob;
const HANDLERS: ReadHandlers = { opened: () => undefined, failed: () => undefined, progress: () => undefined };

/** The app's side and the worker's, joined as by the browser. */
async function joined(readerOf: Parameters<typeof import("./serve")["serve"]>[0]) {
  const worker = { onmessage: undefined as unknown as (event: { data: FromWorker }) => void } as unknown as Worker;
  const inside = {
    onmessage: undefined as unknown as (event: { data: ToWorker }) => void,
    postMessage: (data: FromWorker) => worker.onmessage?.({ data: structuredClone(data) } as MessageEvent),
  };
  worker.postMessage = (data: ToWorker) => inside.onmessage({ data: structuredClone(data) });
  vi.stubGlobal("self", inside);
  const { serve } = await import("./serve");
  serve(readerOf);
  return new Core(worker);
}

beforeEach(() => vaultFaults.clear());
afterEach(() => vi.unstubAllGlobals());

it("what a read in the worker meets at a vault reaches the app, also after it was cancelled", async () => {
  let tell: VaultObserver | undefined;
  const core = await joined(async (_, __, onFault) => {
    tell = onFault;
    return { open: async function* () {} } as unknown as Reader;
  });
  await core.read(JOB, {} as Account, HANDLERS, new AbortController().signal);
  expect(vaultFaults.get()).toEqual([]);
  tell?.({ vault: "ward", kind: "altered", error: new VitalsError("vault/digest", "other bytes"), instead: "home" });
  expect(vaultFaults.get()).toEqual([{ vault: "ward", kind: "altered", code: "vault/digest", missing: false }]);
});

it("the worker's reader asks vaults that tell of faults", async () => {
  const { reader } = await import("./reader");
  const observer = vi.fn();
  await reader(JOB, {} as Account, observer);
  expect(made.observer).toBe(observer);
});

it("so do the vaults that pages ask without the worker", async () => {
  const { vaultsOf } = await import("../data/vaults");
  vaultsOf({ network: {}, account: {} } as Parameters<typeof vaultsOf>[0]);
  expect(made.observer).toBe(vaultFaults.tell);
});
