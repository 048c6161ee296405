import { describe, expect, it } from "vitest";
import { completenessOf, leastOf, newerUnopened, type ReadParts } from "./completeness";
import type { Measure } from "./measures";

const batch = (measures: Measure[], last_at_ms = 1_000) => ({ measures, last_at_ms });
const read = (change: Partial<ReadParts> = {}): ReadParts => ({
  away: false,
  error: undefined,
  failures: [],
  awaited: [],
  ...change,
});
const pulse = (change: Partial<ReadParts>) => completenessOf(read(change), ["heart_rate"]);

describe("what was read", () => {
  it("is whole once nothing is awaited and nothing failed", () => expect(pulse({})).toBe("whole"));

  it("is not whole before it is known what there is", () => expect(pulse({ awaited: undefined })).toBe("opening"));

  it("is not whole while a batch of the measure is to be opened, and is while one of another is", () => {
    expect(pulse({ awaited: [batch(["heart_rate"])] })).toBe("opening");
    expect(pulse({ awaited: [batch(["body_temperature"])] })).toBe("whole");
  });

  it("is not whole where a batch of the measure could not be opened, and is where one of another could not", () => {
    expect(pulse({ failures: [{ info: batch(["systolic_pressure", "heart_rate"]) }] })).toBe("partial");
    expect(pulse({ failures: [{ info: batch(["body_temperature"]) }] })).toBe("whole");
  });

  it("is unread where it was refused or stopped, whatever was opened before", () => {
    expect(pulse({ error: new Error("refused") })).toBe("unread");
    expect(pulse({ error: new Error("refused"), awaited: undefined })).toBe("unread");
  });

  it("is stale while the chain cannot be asked, also where nothing failed", () => {
    expect(pulse({ away: true })).toBe("stale");
    expect(pulse({ away: true, error: new Error("node") })).toBe("stale");
  });
});

describe("the last reading of a measure", () => {
  const newer = (change: Partial<ReadParts>) => newerUnopened(read(change), "heart_rate", 1_000);

  it("is the latest where all was opened, and where what was not opened is older or of another measure", () => {
    expect(newer({})).toBe(false);
    expect(newer({ failures: [{ info: batch(["heart_rate"], 999) }] })).toBe(false);
    expect(newer({ awaited: [batch(["glucose"], 2_000)] })).toBe(false);
  });

  it("is not the latest where a later batch is to be opened, or could not be", () => {
    expect(newer({ awaited: [batch(["heart_rate"], 2_000)] })).toBe(true);
    expect(newer({ failures: [{ info: batch(["heart_rate"], 2_000) }] })).toBe(true);
    expect(newer({ awaited: undefined })).toBe(true);
  });
});

it("several readings are as complete as the least of them, and none of them is nothing", () => {
  expect(leastOf(["whole", "opening", "partial"])).toBe("opening");
  expect(leastOf(["whole", "partial"])).toBe("partial");
  expect(leastOf(["whole", "unread", "stale"])).toBe("stale");
  expect(leastOf(["whole"])).toBe("whole");
  expect(leastOf([])).toBe("unread");
});
