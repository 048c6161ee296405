import { describe, expect, it } from "vitest";
import { levelOf, STANDINGS, standingOf, unmarkedRecall } from "./state";

const device = { status: "active" as const, lost_from_ms: null, recalled: false, patient: "5", firmware: 3 };

describe("how a device stands", () => {
  it("is told by the worst there is", () => {
    expect(standingOf(device)).toBe("paired");
    expect(standingOf({ ...device, patient: null })).toBe("free");
    expect(standingOf({ ...device, status: "suspended" })).toBe("suspended");
    expect(standingOf({ ...device, status: "suspended", recalled: true })).toBe("recalled");
    expect(standingOf({ ...device, recalled: true, lost_from_ms: 0 })).toBe("lost");
    expect(standingOf({ ...device, status: "retired", lost_from_ms: 1 })).toBe("retired");
  });

  it("has a level each", () => expect(STANDINGS.map(levelOf).every(Boolean)).toBe(true));
});

describe("a recall", () => {
  const recall = { at_ms: 1, from_firmware: 2, to_firmware: 3, reason: "" };

  it("covers firmware from one version to another, both included", () => {
    expect(unmarkedRecall(device, [recall])).toBe(recall);
    expect(unmarkedRecall({ ...device, firmware: 2 }, [recall])).toBe(recall);
    expect(unmarkedRecall({ ...device, firmware: 4 }, [recall])).toBeUndefined();
  });

  it("is not marked twice, nor on what is retired", () => {
    expect(unmarkedRecall({ ...device, recalled: true }, [recall])).toBeUndefined();
    expect(unmarkedRecall({ ...device, status: "retired" }, [recall])).toBeUndefined();
  });
});
