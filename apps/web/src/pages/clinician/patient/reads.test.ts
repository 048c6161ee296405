import type { GrantInfo } from "@cw-vitals/client/consent";
import { describe, expect, it } from "vitest";
import { lastHours, readable, readsBy, readsInEmergency } from "./reads";

const HOUR = 3_600_000;
const GRANT: GrantInfo = {
  grant: "3",
  grantee: { account: "me" },
  actions: ["read"],
  categories: ["cardiac"],
  purposes: ["TREAT"],
  revoked: false,
  valid_from: 0,
  valid_until: 200,
  window: { from: 10, to: 20 },
  package: { digest: "x", recipient_hash: "y" },
};
const ASKED = { from: 12 * HOUR, to: 30 * HOUR };
const of = (...changes: Partial<GrantInfo>[]) =>
  readsBy(
    changes.map((change) => ({ ...GRANT, ...change })),
    100,
    ASKED,
  );

describe("reading by grants", () => {
  it("reaches what the grant’s window has of the time asked for", () => {
    expect(of({})).toEqual({ cardiac: { ground: { grant: { id: 3 } }, window: { from: 12 * HOUR, to: 20 * HOUR } } });
  });

  it("takes for each category the grant that reaches most, of equals the newest", () => {
    const longer = { grant: "2", window: { from: 10, to: 25 } };
    expect(of({}, longer).cardiac?.ground).toEqual({ grant: { id: 2 } });
    expect(of({}, { grant: "9" }).cardiac?.ground).toEqual({ grant: { id: 9 } });
    expect(Object.keys(of({}, { grant: "4", categories: ["respiratory"] }))).toEqual(["cardiac", "respiratory"]);
  });

  it("is not by a grant that is over, for something else, without keys, or of another time", () => {
    expect(of({ valid_until: 100 })).toEqual({});
    expect(of({ revoked: true })).toEqual({});
    expect(of({ actions: ["write_plan"] })).toEqual({});
    expect(of({ purposes: ["HPAYMT"] })).toEqual({});
    expect(of({ package: null })).toEqual({});
    expect(of({ window: { from: 1, to: 12 } })).toEqual({});
  });
});

it("categories stay readable where a grant holds, of whatever time and whether its keys are there or not", () => {
  const over = { ...GRANT, categories: ["respiratory" as const], revoked: true };
  const other = { ...GRANT, window: { from: 1, to: 2 }, package: null };
  expect([...readable([over, other], 100)]).toEqual(["cardiac"]);
});

describe("reading in an emergency", () => {
  it("is of all categories within its window", () => {
    const reads = readsInEmergency("4", { from: 0, to: 15 }, ASKED);
    expect(Object.keys(reads)).toHaveLength(6);
    expect(reads.medication).toEqual({ ground: { emergency: { id: 4 } }, window: { from: 12 * HOUR, to: 15 * HOUR } });
    expect(readsInEmergency("4", { from: 0, to: 5 }, ASKED)).toEqual({});
  });
});

it("the last hours are the same within an hour", () => {
  const early = lastHours(24, 100 * HOUR + 1);
  expect(early).toEqual({ from: 77 * HOUR, to: 101 * HOUR });
  expect(lastHours(24, 101 * HOUR - 1)).toEqual(early);
});
