import { afterEach, expect, test, vi } from "vitest";

import { VitalsError } from "../src/errors.js";
import { type Followed, type FollowState, follow, type Unfollow } from "../src/follow.js";
import { loadNetwork } from "../src/network.js";
import type { ChainNode } from "../src/node.js";
import { CONFIG } from "./config.js";

// nothing listens there: blocks are asked for
const network = { ...loadNetwork(CONFIG), node: "http://127.0.0.1:1" };

/** A node with one event in each block that `full` names, and nothing else of a node. */
function fakeNode(full: (height: number) => boolean = () => true) {
  const chain = { height: 10, earliest: 1, away: false, asked: [] as number[] };
  const header = (height: number) => ({ height, time: new Date(height * 1000) });
  const answer = <T>(value: T): Promise<T> =>
    chain.away ? Promise.reject(new TypeError("fetch failed")) : Promise.resolve(value);
  const node = {
    url: network.node,
    head: () =>
      answer({ height: chain.height, timeMs: chain.height * 1000 }).catch(() =>
        Promise.reject(new VitalsError("node/unreachable", "away")),
      ),
    earliest: () => answer(chain.earliest),
    comet: {
      // as CometBFT does: what it deleted is left out, and an error where that is all
      blockchain: (from: number, to: number) =>
        to < chain.earliest
          ? refusal(from, to)
          : answer({
              blockMetas: range(Math.max(from, chain.earliest), to)
                .reverse()
                .map((height) => ({ header: header(height), numTxs: full(height) ? 1 : 0 })),
            }),
      blockResults(height: number) {
        if (height < chain.earliest) return refusal(height, height);
        chain.asked.push(height);
        const attributes = [
          { key: "_contract_address", value: "wasm1consent" },
          { key: "patient", value: "7" },
        ];
        const failed = { code: 5, events: [{ type: "wasm-undone", attributes }] };
        return answer({ results: [{ code: 0, events: [{ type: "wasm-granted", attributes }] }, failed] });
      },
    },
  };
  return { chain, node: node as unknown as ChainNode };
}

const refusal = (from: number, to: number) => Promise.reject(new Error(`min height ${from} > max height ${to}`));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

let stop: Unfollow | undefined;
afterEach(() => stop?.());

function watch(node: ChainNode, from?: number) {
  const events: Followed[] = [];
  const states: FollowState[] = [];
  stop = follow(
    network,
    node,
    from === undefined ? {} : { from },
    (event) => events.push(event),
    (state) => states.push(state),
  );
  return { events, states, heights: () => events.map(({ height }) => height) };
}

test("events come once each, in order, with the time of their block", async () => {
  const { chain, node } = fakeNode();
  const seen = watch(node);
  await vi.waitFor(() => expect(seen.states.at(-1)).toMatchObject({ state: "polling", height: 10 }));
  chain.height = 11;
  await vi.waitFor(() => expect(seen.heights()).toEqual([11]), 5_000);
  chain.height = 14;
  await vi.waitFor(() => expect(seen.heights()).toEqual([11, 12, 13, 14]), 5_000);
  expect(seen.events[0]).toMatchObject({
    contract: "consent",
    kind: "granted",
    attributes: { patient: "7" },
    timeMs: 11_000,
  });
});

test("what a failed transaction did is not told", async () => {
  const seen = watch(fakeNode().node, 10);
  await vi.waitFor(() => expect(seen.events).toHaveLength(1));
  expect(seen.events[0]?.kind).toBe("granted");
});

test("blocks without transactions cost no question", async () => {
  const { chain, node } = fakeNode((height) => height === 5);
  const seen = watch(node, 1);
  await vi.waitFor(() => expect(seen.states.at(-1)?.state).toBe("polling"));
  expect(chain.asked).toEqual([5]);
});

test("what happened while the node was away is caught up", async () => {
  const { chain, node } = fakeNode();
  const seen = watch(node);
  await vi.waitFor(() => expect(seen.states.at(-1)?.state).toBe("polling"));
  chain.away = true;
  await vi.waitFor(
    () => expect(seen.states.at(-1)).toMatchObject({ state: "away", error: { code: "node/unreachable" } }),
    5_000,
  );
  chain.height = 60;
  chain.away = false;
  await vi.waitFor(() => expect(seen.heights()).toEqual(range(11, 60)), 5_000);
});

test("more blocks than are read are skipped, and said to be", async () => {
  const { chain, node } = fakeNode(() => false);
  chain.height = 5_000;
  const seen = watch(node, 1);
  await vi.waitFor(() => expect(seen.states.at(-1)?.state).toBe("polling"));
  expect(seen.states[0]).toEqual({ state: "skipped", from: 1, to: 5_000 });
  expect(chain.asked).toEqual([]);
});

test.each([
  ["all of the first ones", 45],
  ["some of the first ones", 25],
])("blocks that the node deleted are skipped, and said to be: %s", async (_, earliest) => {
  const { chain, node } = fakeNode();
  Object.assign(chain, { height: 60, earliest });
  const seen = watch(node, 11);
  await vi.waitFor(() => expect(seen.states.at(-1)).toMatchObject({ state: "polling", height: 60 }));
  expect(seen.states[0]).toEqual({ state: "skipped", from: 11, to: earliest - 1 });
  expect(seen.heights()).toEqual(range(earliest, 60));
});

test("a node that refuses blocks it has is away, and none is skipped", async () => {
  const { node } = fakeNode();
  Object.assign(node.comet, { blockResults: () => Promise.reject(new Error("not persisted")) });
  const seen = watch(node, 5);
  await vi.waitFor(() => expect(seen.states[0]).toMatchObject({ state: "away", error: { code: "node/refused" } }));
  expect(seen.states.some(({ state }) => state === "skipped")).toBe(false);
});

test("after stopping nothing is told any more", async () => {
  const { chain, node } = fakeNode();
  const seen = watch(node);
  await vi.waitFor(() => expect(seen.states.length).toBeGreaterThan(0));
  stop?.();
  chain.height = 20;
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(seen.events).toEqual([]);
});

test("a listener that fails is told each event once all the same", async () => {
  const reported: (() => void)[] = [];
  vi.stubGlobal("queueMicrotask", (report: () => void) => reported.push(report));
  const { node } = fakeNode();
  const heights: number[] = [];
  stop = follow(network, node, { from: 8 }, ({ height }) => {
    heights.push(height);
    throw new Error("of the listener");
  });
  await vi.waitFor(() => expect(heights).toEqual([8, 9, 10]));
  vi.unstubAllGlobals();
  expect(reported).toHaveLength(3);
  expect(reported[0]).toThrow("of the listener");
});
