import { beforeAll, expect, test } from "vitest";
import type { ContractCall } from "../src/contract.js";
import { Identity, Keyring, loadCore } from "../src/core/index.js";
import { VitalsError } from "../src/errors.js";
import { KeyAgent } from "../src/keys.js";
import type { Vaults } from "../src/vaults.js";
import type { Vitals } from "../src/vitals.js";

beforeAll(() => loadCore());

const HOUR_MS = 3_600_000;

/** A patient with three custodians of whom two are enough; what was sent to the chain, in order. */
function guarded() {
  const patient = {
    patient: "7",
    controller: "wasm1p",
    generation: 0,
    pending: true,
    raised_at_ms: HOUR_MS,
    commitment: null,
  };
  const custodians = ["wasm1a", "wasm1b", "wasm1c"];
  const { recipient } = Identity.create();
  const sent: string[] = [];
  const vitals = {
    head: () => Promise.resolve({ height: 1, timeMs: 2 * HOUR_MS }),
    consent: {
      patient: () => Promise.resolve({ ...patient }),
      grants: () => Promise.resolve({ grants: [] }),
      custodians: () => Promise.resolve({ custodians, threshold: 2, packages: null }),
      recipient: () => Promise.resolve({ recipient }),
    },
    send({ msg }: ContractCall) {
      sent.push(Object.keys(msg)[0] ?? "");
      if ("open_generation" in msg) Object.assign(patient, { generation: 1, pending: false }, msg.open_generation);
      return Promise.resolve({ events: [] });
    },
  };
  return { sent, vitals: vitals as unknown as Vitals };
}

/** Vaults of which these do not answer. */
const vaultsWithout = (away: string[]): Vaults => {
  const unreached = away.map((vault) => ({ vault, error: new VitalsError("vault/unreachable", "away") }));
  const put = () => Promise.resolve({ digest: "", unreached });
  return { putPackage: put, putShare: put } as unknown as Vaults;
};

const store = {
  saveKeys: () => Promise.resolve(),
  loadState: () => Promise.resolve(undefined),
  saveState: () => Promise.resolve(),
};

async function kept(away: string[]) {
  const { sent, vitals } = guarded();
  const agent = new KeyAgent(vitals, vaultsWithout(away), Keyring.create("7", 0), store);
  await agent.rotate();
  const custody = await agent.keepCustody().catch((error: unknown) => (error as VitalsError).code);
  return { custody, named: sent.includes("put_emergency_packages") };
}

test("shares are named on the chain while one vault more than can be spared has them", async () => {
  expect(await kept([])).toEqual({ custody: true, named: true });
  expect(await kept(["one"])).toEqual({ custody: true, named: true });
});

test("shares that too many vaults lack are not named, so that those before go on opening", async () => {
  expect(await kept(["one", "two"])).toEqual({ custody: "keys/custodians_away", named: false });
});
