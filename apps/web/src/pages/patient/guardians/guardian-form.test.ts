import { describe, expect, it } from "vitest";
import { appointment, guardianProblems, holders } from "./guardian-form";

const MUM = `wasm1${"m".repeat(38)}`;
const here = {
  now: Date.parse("2026-05-10T12:00:00Z"),
  timeZone: "UTC",
  prefix: "wasm",
  self: `wasm1${"s".repeat(38)}`,
};
const form = { guardian: MUM, powers: ["recover" as const, "read" as const], until: "2027-05-10" };

describe("an appointment", () => {
  it.each([
    [{}, []],
    [{ guardian: "mum" }, ["guardian"]],
    [{ guardian: here.self }, ["self"]],
    [{ powers: [] }, ["powers"]],
    [{ until: "2026-05-09" }, ["past"]],
    [{ until: "x" }, ["until"]],
    [{ until: "9999-12-31" }, ["until"]],
  ])("with %j has the problems %j", (change, problems) => {
    expect([...guardianProblems({ ...form, ...change }, here)]).toEqual(problems);
  });

  it("lasts to the end of the last day, with powers in the order of the contract", () => {
    expect(appointment(form, "7", "UTC")).toEqual({
      guardian: MUM,
      patient: "7",
      powers: ["read", "recover"],
      until: Date.parse("2027-05-11T00:00:00Z") / 1000,
    });
  });
});

it("a power to recover counts from when it is given, as in the contract; others while the guardian’s time lasts", () => {
  const guardian = (info: object) => ({ guardian: MUM, info: { live: true, powers: ["read" as const], ...info } });
  const all = [
    guardian({}),
    guardian({ live: false }),
    guardian({ powers: ["recover"], recovers_from: 10, recovers_until: 20 }),
  ];
  expect(holders(all, "read", 15)).toBe(1);
  expect([9, 10, 19, 20].map((now) => holders(all, "recover", now))).toEqual([1, 1, 1, 0]);
});
