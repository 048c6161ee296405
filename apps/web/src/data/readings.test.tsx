import { VitalsError } from "@cw-vitals/client/errors";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { acted, drawn } from "../test/render";
import type { ForgetfulCache } from "./cache";
import { batchKey } from "./gather";
import { type Readings, useReadings } from "./readings";

const HOUR_MS = 3_600_000;
const HEAD = { height: 9, timeMs: 500_000 * HOUR_MS };

const world = vi.hoisted(() => ({ session: {} as object, vitals: undefined as unknown, read: async () => {} }));
vi.mock("../session/useSession", () => ({ useOpenAccount: () => world.session }));
vi.mock("./live", () => ({ useVitals: () => world.vitals, useConnected: () => true, useHead: () => () => HEAD }));
vi.mock("../worker/pool", () => ({ core: () => ({ read: () => world.read() }) }));

const info = (sequence: number) => ({
  id: { patient: "7", category: "cardiac" as const, epoch: 499_999, device: "3", sequence: String(sequence) },
  digest: `digest ${sequence}`,
  first_at_ms: HEAD.timeMs - sequence,
  last_at_ms: HEAD.timeMs - sequence,
});
const opened = (sequence: number) => ({
  info: info(sequence),
  simulated: false,
  measures: new Uint16Array([1]),
  values: new Float64Array([70 + sequence]),
  times: new Float64Array([HEAD.timeMs - sequence]),
  flags: new Uint8Array([0]),
});

function cacheOf(kept: Map<string, unknown>): ForgetfulCache {
  return {
    get: async <Value,>(name: string) => (kept.has(name) ? { value: kept.get(name) as Value, keptAt: 1 } : undefined),
    put: async (name, value) => void kept.set(name, value),
    remove: async (name) => void kept.delete(name),
    forget: async () => undefined,
    clear: async () => kept.clear(),
  };
}

let kept: Map<string, unknown>;
let said: Readings;
let again: () => void;

function Probe() {
  const [, count] = useState(0);
  again = () => count((n) => n + 1);
  said = useReadings({
    patient: "7",
    measures: ["heart_rate"],
    window: { from: HEAD.timeMs - HOUR_MS, to: HEAD.timeMs },
    purpose: "ETREAT",
    ground: { emergency: { id: 2 } },
  });
  return null;
}

async function shown(): Promise<void> {
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: 1, retryDelay: 5, staleTime: Number.POSITIVE_INFINITY } },
  });
  await drawn(
    <QueryClientProvider client={queries}>
      <Probe />
    </QueryClientProvider>,
  );
  await vi.waitFor(async () => {
    expect(said.progress).toBeUndefined();
    expect(said.error ?? said.asOf).toBeDefined();
  });
}

beforeEach(() => {
  kept = new Map();
  const account = { publicKey: new Uint8Array() };
  world.session = { address: "a", account, secrets: {}, wallet: "local", network: {}, cache: cacheOf(kept) };
  world.vitals = {
    head: async () => HEAD,
    consent: { decide: async () => ({ permit: {} }) },
    anchor: {
      batches: async ({ start_after }: { start_after: unknown }) => ({
        batches: start_after ? [] : [info(1), info(2)],
      }),
    },
  };
  world.read = () => Promise.reject(new VitalsError("emergency/shares_missing", "one custodian is away"));
});

const keptBatch = () => kept.set(`batch/${batchKey(info(1) as never)}`, opened(1));
const numbers = () => [...(said.series[0]?.values ?? [])];

it("what this browser keeps is shown with its age, and as a gap what is new and cannot be opened", async () => {
  keptBatch();
  await shown();
  expect(numbers()).toEqual([71]);
  expect(said).toMatchObject({ stale: true, asOf: HEAD, error: { code: "emergency/shares_missing" } });
  expect(said.failures).toMatchObject([{ info: info(2), error: { code: "emergency/shares_missing" } }]);
  expect(said.gaps).toMatchObject([{ kind: "unopened" }]);
});

it("it is there without a network too, although the request never succeeded", async () => {
  keptBatch();
  await shown();
  world.vitals = undefined;
  await shown();
  expect(numbers()).toEqual([71]);
  expect(said).toMatchObject({ stale: true, asOf: HEAD });
});

it("what the vault refuses by consent's word leaves nothing on the screen, nor for later", async () => {
  keptBatch();
  world.read = () => Promise.reject(new VitalsError("consent/emergency_over", "over"));
  await shown();
  expect(numbers()).toEqual([]);
  expect([...kept.keys()].filter((name) => name.startsWith("readings/"))).toEqual([]);
});

it("where the node does not answer, what was kept is shown with the error, which can be tried again", async () => {
  keptBatch();
  await shown();
  const away = () => Promise.reject(new VitalsError("node/unreachable", "no answer"));
  world.vitals = { ...(world.vitals as object), head: away };
  await shown();
  await vi.waitFor(() => expect(said.error).toMatchObject({ code: "node/unreachable" }));
  expect(numbers()).toEqual([71]);
  expect(said.stale).toBe(true);
});

it("what was kept is asked for as soon as the node is there, without waiting for an event", async () => {
  keptBatch();
  await shown();
  const { vitals } = world;
  world.vitals = undefined;
  await shown();
  world.vitals = vitals;
  world.read = async () => undefined;
  acted(() => again());
  await vi.waitFor(async () => {
    expect(said).toMatchObject({ stale: false, error: undefined });
  });
});
