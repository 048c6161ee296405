import { describe, expect, it } from "vitest";
import type { Finding } from "../../../worker/care";
import { findingOf } from "./alert-findings";

const finding = (rule: number, toMs: number) => ({ rule, toMs }) as Finding;
const MINUTE = 60_000;

describe("what an alert is about", () => {
  it("is the finding of its rule that is nearest to its time", () => {
    const near = finding(7, 100 * MINUTE);
    const all = [finding(7, 95 * MINUTE), near, finding(8, 101 * MINUTE)];
    expect(findingOf({ rule: 7, at_ms: 101 * MINUTE }, all)).toBe(near);
  });

  it("is not known where no finding of the rule is near, or the alert has none", () => {
    expect(findingOf({ rule: 7, at_ms: 0 }, [finding(7, 11 * MINUTE)])).toBeUndefined();
    expect(findingOf({ rule: null, at_ms: 0 }, [finding(7, 0)])).toBeUndefined();
    expect(findingOf({ at_ms: 0 }, [])).toBeUndefined();
  });
});
