import type { TransactionSeen } from "@cw-vitals/client";
import { expect, it } from "vitest";
import { periodOf, told } from "./statement";

const seen = (hash: string, height: number): TransactionSeen => ({
  hash,
  height,
  timeMs: 1_795_392_000_999,
  calls: [],
  events: [
    { contract: "claims", kind: "money_moved", attributes: { product: "3", movement: "1" } },
    { contract: "consent", kind: "granted", attributes: {} },
  ],
});

it("tells each transaction once, with the contract that announced it", () => {
  const sources = told("wasm1claims", [seen("A", 5), seen("B", 6), seen("A", 5)], 9);
  expect(sources.map(({ tx }) => tx)).toEqual(["A", "B"]);
  expect(sources[0]).toMatchObject({ height: 5, at: 1_795_392_000 });
  expect(sources[0]?.events).toEqual([
    {
      type: "wasm-money_moved",
      attributes: [
        ["_contract_address", "wasm1claims"],
        ["product", "3"],
        ["movement", "1"],
      ],
    },
  ]);
});

it("leaves out what came after the pool was looked at", () => {
  expect(told("wasm1claims", [seen("A", 5), seen("B", 6)], 5).map(({ tx }) => tx)).toEqual(["A"]);
});

it("has a period in whole seconds", () => {
  expect(periodOf(1_999, undefined)).toEqual({ from: 1 });
  expect(periodOf(undefined, 5_000)).toEqual({ to: 5 });
});
