import type { AlertInfo } from "@cw-vitals/client/care";
import { describe, expect, it } from "vitest";
import type { Assessment, Finding, News2, News2Parameter } from "../../../worker/care";
import { type Bed, foundIn, MEASURED, sorted, standing, trendOf } from "./urgency";

const ALL: News2Parameter[] = [...MEASURED, "supplemental_oxygen", "consciousness"];

function news2(points: Partial<Record<News2Parameter, number>>, risk: News2["riskAtLeast"] = "low"): News2 {
  const scored = Object.entries(points) as [News2Parameter, number][];
  return {
    atLeast: scored.reduce((total, [, value]) => total + value, 0),
    score: null,
    points: scored,
    missing: ALL.filter((parameter) => !(parameter in points)),
    stale: [],
    riskAtLeast: risk,
  };
}
const CALM = { respiration: 0, oxygen_saturation: 0, systolic_pressure: 0, pulse: 0, temperature: 0 };
const assessed = (now: News2, change: Partial<Assessment> = {}): Assessment => ({
  now,
  earlier: [],
  findings: [],
  readings: 5,
  ...change,
});
const bed = (patient: string, assessment?: Assessment, alerts: Partial<AlertInfo>[] = []): Bed => ({
  patient,
  assessment,
  alerts: alerts as AlertInfo[],
  complete: "whole",
  plan: "open",
});
const order = (...beds: Bed[]) => sorted(beds, 1_000).map(({ patient }) => patient);

describe("a standing", () => {
  it("is unknown where nothing was read, and where a measured parameter is missing: missing is never normal", () => {
    expect(standing(undefined)).toBe("unknown");
    expect(standing(assessed(news2({ pulse: 0 })))).toBe("unknown");
    expect(standing(assessed(news2(CALM)))).toBe("low_so_far");
    expect(standing(assessed(news2({ ...CALM, supplemental_oxygen: 0, consciousness: 0 })))).toBe("low");
  });

  it("is at least what was observed, however much is missing", () => {
    expect(standing(assessed(news2({ pulse: 3 }, "low_medium")))).toBe("low_medium");
    expect(standing(assessed(news2({ pulse: 3, respiration: 3, temperature: 1 }, "high")))).toBe("high");
  });
});

describe("a ward", () => {
  it("begins with the highest risk, and does not put the unknown below the well", () => {
    const well = bed("1", assessed(news2(CALM)));
    const unknown = bed("2");
    const high = bed("3", assessed(news2({ pulse: 3, respiration: 3, temperature: 1 }, "high")));
    const single = bed("4", assessed(news2({ ...CALM, pulse: 3 }, "low_medium")));
    expect(order(well, unknown, high, single)).toEqual(["3", "4", "2", "1"]);
  });

  it("puts who called the emergency step before every score, and an open alert before a calm score", () => {
    const high = bed("1", assessed(news2({ pulse: 3, respiration: 3, temperature: 1 }, "high")));
    const called = bed("2", assessed(news2(CALM)), [{ state: "open", in_emergency_tier: true }]);
    const alerted = bed("3", assessed(news2(CALM)), [{ state: "open", in_emergency_tier: false }]);
    const answered = bed("4", assessed(news2(CALM)), [{ state: "acknowledged", in_emergency_tier: false }]);
    expect(order(answered, alerted, high, called)).toEqual(["2", "1", "3", "4"]);
  });

  it("counts a finding that calls for help at once as such", () => {
    const found = bed("9", assessed(news2(CALM), { findings: [{ severity: "emergency" } as Finding] }));
    expect(order(bed("1", assessed(news2({ ...CALM, pulse: 3 }, "low_medium"))), found)).toEqual(["9", "1"]);
  });

  it("puts who gets worse first among equals, and else goes by number", () => {
    const now = news2({ ...CALM, pulse: 1 });
    const worse = assessed(now, { earlier: [{ atMs: 0, news2: news2(CALM) }] });
    expect(order(bed("5", assessed(now)), bed("7", worse), bed("3", assessed(now)))).toEqual(["7", "3", "5"]);
  });
});

describe("what was not judged", () => {
  const calm = bed("1", assessed(news2({ ...CALM, supplemental_oxygen: 0, consciousness: 0 })));
  const unjudged: Partial<Bed>[] = [
    { plan: "failed" },
    { plan: "loading" },
    { complete: "partial" },
    { complete: "opening" },
    { complete: "unread" },
  ];

  it("stands before who is well, in the ward", () => {
    for (const change of unjudged) expect(order(calm, { ...calm, patient: "2", ...change })).toEqual(["2", "1"]);
    expect(order(calm, { ...calm, patient: "2", plan: "none" })).toEqual(["1", "2"]);
  });

  it("is not without findings", () => {
    expect(foundIn(calm)).toBe("none");
    expect(foundIn({ ...calm, plan: "none" })).toBe("no_plan");
    expect(foundIn(bed("1"))).toBe("unknown");
    for (const change of [...unjudged, { complete: "stale" } as const]) {
      expect(foundIn({ ...calm, ...change })).toBe("unknown");
    }
  });

  it("keeps the findings that there are", () => {
    const found = bed("9", assessed(news2(CALM), { findings: [{ severity: "urgent" } as Finding] }));
    for (const change of unjudged) expect(foundIn({ ...found, ...change })).toHaveLength(1);
  });
});

describe("a trend", () => {
  const of = (before: News2, now: News2) => trendOf({ now, earlier: [{ atMs: 0, news2: before }] });

  it("compares what was observed both times alone", () => {
    expect(of(news2({ pulse: 1 }), news2({ pulse: 1, respiration: 3 }))).toBe("steady");
    expect(of(news2({ pulse: 1, respiration: 3 }), news2({ pulse: 2 }))).toBe("rising");
    expect(of(news2({ pulse: 3 }), news2({ pulse: 0 }))).toBe("falling");
  });

  it("is unknown where nothing was observed both times", () => {
    expect(of(news2({ respiration: 3 }), news2({ pulse: 3 }))).toBe("unknown");
    expect(trendOf(undefined)).toBe("unknown");
    expect(trendOf({ now: news2(CALM), earlier: [] })).toBe("unknown");
  });
});
