import { beforeEach, expect, it } from "vitest";
import { LiveStore } from "./live-store";

const START = Date.UTC(2026, 10, 23, 12);
let now: number;
let store: LiveStore;

beforeEach(() => {
  now = START;
  store = new LiveStore(() => now);
});

/** Blocks as they are made, every so often; the clock goes with them. */
function blocks(from: number, count: number, everyMs: number): void {
  for (let height = from; height < from + count; height++) {
    now += everyMs;
    store.set({ state: "live", head: { height, timeMs: now } });
  }
}

function after(ms: number) {
  now += ms;
  store.tick();
  return store.get().standing;
}

it("what is shown is current while blocks come", () => {
  expect(store.get().standing).toBe("unconnected");
  blocks(1, 40, 6_000);
  expect(store.get().standing).toBe("current");
});

it("a chain that makes no block for five of its blocks has halted, without a word from the node", () => {
  blocks(1, 40, 6_000);
  let told = 0;
  store.subscribe(() => told++);
  expect(after(30_000)).toBe("current");
  expect(told).toBe(0);
  expect(after(1)).toBe("halted");
  expect(told).toBe(1);
});

it("the same block told again is no sign of life, and the next block is", () => {
  blocks(1, 3, 6_000);
  now += 31_000;
  const { head } = store.get();
  if (head) store.set({ state: "polling", head });
  expect(store.get().standing).toBe("halted");
  blocks(4, 1, 1_000);
  expect(store.get().standing).toBe("current");
});

it("how long is a halt depends on the chain's own blocks, between 15 s and 2 minutes", () => {
  expect(store.haltedAfterMs).toBe(30_000);
  blocks(1, 30, 1_000);
  expect(store.haltedAfterMs).toBe(15_000);
  blocks(31, 30, 10_000);
  expect(store.haltedAfterMs).toBe(50_000);
  blocks(61, 30, 60_000);
  expect(store.haltedAfterMs).toBe(120_000);
});

it("blocks that were skipped while away do not count as one", () => {
  blocks(1, 1, 1_000);
  now += 600_000;
  store.set({ state: "live", head: { height: 101, timeMs: now } });
  expect(store.haltedAfterMs).toBe(30_000);
});

it("a node that tells of old blocks is behind, also while they come", () => {
  store.set({ state: "live", head: { height: 7, timeMs: START - 3_600_000 } });
  expect(store.get().standing).toBe("behind");
  store.set({ state: "live", head: { height: 8, timeMs: START - 3_594_000 } });
  expect(store.get().standing).toBe("behind");
});

it("a halt is noticed also where this machine's clock is slow", () => {
  for (let height = 1; height < 10; height++) {
    now += 6_000;
    store.set({ state: "live", head: { height, timeMs: now + 600_000 } });
  }
  expect(store.get().standing).toBe("current");
  expect(after(31_000)).toBe("halted");
});

it("without a connection nothing is current, and the newest block stays known", () => {
  blocks(1, 2, 1_000);
  store.set({ state: "away", error: new Error("x") });
  expect(store.get()).toMatchObject({ standing: "unconnected", head: { height: 2 } });
});
