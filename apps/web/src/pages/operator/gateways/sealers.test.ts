import type { TransactionSeen } from "@cw-vitals/client";
import { expect, it } from "vitest";
import { measuredLast, sealersIn } from "./sealers";

const anchored = (height: number, sender: string, batches: [string, string][]): TransactionSeen => ({
  hash: String(height),
  height,
  timeMs: height * 1000,
  calls: [{ contract: "anchor", sender, msg: { anchor: {} } }],
  events: batches.map(([device, sequence]) => ({
    contract: "anchor",
    kind: "anchored",
    attributes: { device, sequence },
  })),
});

it("has the last batch of each device, by who sent it, the newest first", () => {
  const found = sealersIn([
    anchored(1, "a", [
      ["7", "1"],
      ["8", "1"],
    ]),
    anchored(2, "b", [["9", "4"]]),
    anchored(3, "a", [["7", "2"]]),
  ]);
  expect(found.map(({ account }) => account)).toEqual(["a", "b"]);
  expect(found[0]?.devices.map(({ device, sequence, height }) => [device, sequence, height])).toEqual([
    ["7", "2", 3],
    ["8", "1", 1],
  ]);
});

it("what was sent through another contract has no sealer to name", () => {
  expect(sealersIn([{ ...anchored(1, "a", [["7", "1"]]), calls: [] }])).toEqual([]);
});

it("the last measurement is that of any category", () => {
  const last = [
    { category: "cardiac" as const, at_ms: 5 },
    { category: "respiratory" as const, at_ms: 9 },
  ];
  expect(measuredLast({ last, sequence: "2" })).toBe(9);
  expect(measuredLast({ last: [], sequence: "0" })).toBeUndefined();
});
