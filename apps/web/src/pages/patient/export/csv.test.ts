import type { OpenedBatch } from "@cw-vitals/client/readings";
import { expect, it } from "vitest";
import { HEADER, linesOf } from "./csv";

const measures = new Map([
  [1, { code: 1, name: "heart_rate", unit: "/min", loinc: "8867-4", scale: 1 }],
  [7, { code: 7, name: "glucose", unit: "mmol/L", loinc: "15074-8", scale: 1 }],
]);
const batch = {
  info: {
    id: { category: "cardiac", epoch: 5, device: "3", sequence: "9", patient: "7" },
    assurance: "maker",
    calibrated: true,
  },
  measures: Uint16Array.of(1, 7, 1, 99),
  values: Float64Array.of(72, 5.55, 180.2, 1),
  times: Float64Array.of(0, 1, 1500, 2000),
  flags: Uint8Array.of(0, 1, 4, 0),
} as unknown as OpenedBatch;

it("writes a line for each reading, under its measure, with its place in the batch", () => {
  const lines = linesOf(batch, measures);
  expect([...lines.keys()]).toEqual(["heart_rate", "glucose"]);
  expect(lines.get("heart_rate")).toBe(
    "1970-01-01T00:00:00.000Z,0,72.0,/min,8867-4,good,false,3,maker,true,cardiac/5/3/9,0\n" +
      "1970-01-01T00:00:01.500Z,1500,180.2,/min,8867-4,poor,false,3,maker,true,cardiac/5/3/9,2\n",
  );
  expect(lines.get("glucose")).toContain(",true,3,");
});

it("has as many columns in each line as in the header", () => {
  const columns = HEADER.split(",").length;
  for (const line of (linesOf(batch, measures).get("heart_rate") ?? "").trim().split("\n"))
    expect(line.split(",")).toHaveLength(columns);
});
