import { describe, expect, it } from "vitest";
import { emptyDraft, newThreshold } from "./draft";
import { drawRules, drawSecurely, PERSONAL_RULES, RESERVED } from "./rules";

const scripted =
  (...values: number[]) =>
  () =>
    values.shift() ?? 0;

describe("rule numbers", () => {
  it("stay with the rules that have one", () => {
    const kept = { ...newThreshold(), rule: 7 };
    const draft = { ...emptyDraft(), thresholds: [kept], personal: { ...emptyDraft().personal, firstRule: 500 } };
    const drawn = drawRules(draft, () => {
      throw new Error("nothing is to be drawn");
    });
    expect([drawn.firstRule, drawn.ofThreshold(kept)]).toEqual([500, 7]);
  });

  it("are never given twice, nor within the personal block, nor from the numbers of a rule further down", () => {
    const fresh = newThreshold();
    const kept = { ...newThreshold(), rule: 9 };
    const draft = { ...emptyDraft(), thresholds: [fresh, kept] };
    // the block at 100; then 100 (in the block), 9 (of the rule further down), 200
    const drawn = drawRules(draft, scripted(99, 99, 8, 199));
    expect(drawn.firstRule).toBe(100);
    expect([drawn.ofThreshold(fresh), drawn.ofThreshold(kept)]).toEqual([200, 9]);
  });

  it("put the personal block where no rule is", () => {
    const draft = { ...emptyDraft(), thresholds: [{ ...newThreshold(), rule: 120 }] };
    expect(drawRules(draft, scripted(99, 299)).firstRule).toBe(300);
  });

  it("end below those of a gateway", () => {
    const last = (end: number) => end - 1;
    const fresh = newThreshold();
    const drawn = drawRules(
      { ...emptyDraft(), thresholds: [fresh], personal: { on: true, ladder: "1", news2: "off", firstRule: 5 } },
      last,
    );
    expect(drawn.ofThreshold(fresh)).toBe(RESERVED - 1);
    expect(drawRules(emptyDraft(), last).firstRule + PERSONAL_RULES).toBeLessThanOrEqual(RESERVED);
  });

  it("come from the browser’s own source of chance", () => {
    const values = new Set(Array.from({ length: 64 }, () => drawSecurely(60_000)));
    expect(values.size).toBeGreaterThan(32);
  });
});
