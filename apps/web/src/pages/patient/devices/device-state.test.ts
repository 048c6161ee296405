import { describe, expect, it } from "vitest";
import { lostFrom, standing } from "./device-state";

const device = { status: "active" as const, patient: "7", lost_from_ms: null, recalled: false };

describe("how a device stands", () => {
  it.each([
    [{}, "in_use", "good"],
    [{ patient: null }, "past", "note"],
    [{ patient: "8" }, "past", "note"],
    [{ lost_from_ms: 1 }, "lost", "danger"],
    [{ recalled: true, status: "suspended" as const }, "recalled", "danger"],
    [{ status: "suspended" as const }, "suspended", "watch"],
    [{ status: "retired" as const, lost_from_ms: 1 }, "retired", "note"],
  ])("with %j it is %s", (change, word, level) => {
    expect(standing({ ...device, ...change }, "7")).toEqual({ standing: word, level });
  });
});

describe("a report of a loss", () => {
  const at = (time: string) => Date.parse(`2026-05-${time}Z`);
  const now = at("10T12:00");
  const paired = { paired_from_ms: at("01T08:00") + 30_000, lost_from_ms: null };

  it("takes a time from the pairing to now", () => {
    expect(lostFrom(at("03T10:00"), paired, now)).toEqual({ ms: at("03T10:00") });
    expect(lostFrom(now, paired, now)).toEqual({ ms: now });
  });

  it("takes the minute the pairing began in as its start", () => {
    expect(lostFrom(at("01T08:00"), paired, now)).toEqual({ ms: paired.paired_from_ms });
    expect(lostFrom(at("01T07:59"), paired, now)).toEqual({ problem: "before_pairing" });
  });

  it("refuses what is no time, what is to come, and what is later than reported before", () => {
    expect(lostFrom(undefined, paired, now)).toEqual({ problem: "date" });
    expect(lostFrom(now + 1, paired, now)).toEqual({ problem: "future" });
    expect(lostFrom(at("04T00:00"), { ...paired, lost_from_ms: at("03T00:00") }, now)).toEqual({ problem: "later" });
  });
});
