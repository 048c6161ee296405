import type { AlertInfo } from "@cw-vitals/client/care";
import { describe, expect, it } from "vitest";
import { actionsFor, byUrgency, responseTimes, secondsLeft, waiting } from "./alerts";

let number = 0;
const alert = (change: Partial<AlertInfo>): AlertInfo => ({
  alert: String(++number),
  at_ms: 0,
  in_emergency_tier: false,
  notices: 1,
  patient: "7",
  raised_at: 1_000,
  responders: [],
  state: "open",
  tier: 0,
  tier_called_at: 1_000,
  ...change,
});

describe("alerts", () => {
  it("come in the order in which somebody should look", () => {
    const resolved = alert({ state: "resolved", raised_at: 900 });
    const resolvedLater = alert({ state: "resolved", raised_at: 1_900 });
    const taken = alert({ state: "acknowledged" });
    const open = alert({ escalates_at: 3_000 });
    const older = alert({ raised_at: 500, escalates_at: 3_000 });
    const overdue = alert({ escalates_at: 1_500 });
    const emergency = alert({ in_emergency_tier: true });
    const mixed = [resolved, taken, open, resolvedLater, overdue, emergency, older];
    expect(byUrgency(mixed, 2_000)).toEqual([emergency, overdue, older, open, taken, resolvedLater, resolved]);
  });

  it("that were taken on are not in an emergency tier any more", () => {
    expect(waiting(alert({ state: "acknowledged", in_emergency_tier: true }), 0)).toBe("acknowledged");
  });

  it("without another tier are never overdue", () => {
    expect(waiting(alert({}), 1e9)).toBe("open");
    expect(secondsLeft(alert({}), 1e9)).toBeUndefined();
    expect(secondsLeft(alert({ escalates_at: 1_060 }), 1_000)).toBe(60);
    expect(secondsLeft(alert({ escalates_at: 1_060 }), 2_000)).toBe(0);
  });

  it("have response times only where somebody answered", () => {
    expect(responseTimes([alert({})])).toBeUndefined();
    const of = (...after: number[]) => responseTimes(after.map((s) => alert({ acknowledged_after_s: s })));
    expect(of(10, 90, 20)).toEqual({ answered: 3, median: 20, slowest: 90 });
    expect(of(0, 90)).toEqual({ answered: 2, median: 45, slowest: 90 });
  });
});

describe("what is offered about an alert", () => {
  it("is to take it on while it is open, and to call the next tier once that may be", () => {
    expect(actionsFor(alert({ escalates_at: 100 }), "me", "clinician", 99)).toEqual(["acknowledge"]);
    expect(actionsFor(alert({ escalates_at: 100 }), "me", "guardian", 100)).toEqual(["acknowledge", "escalate"]);
  });

  it("is to end it for who has it, and to take it over for another", () => {
    const taken = alert({ state: "acknowledged", acknowledged_by: "me" });
    expect(actionsFor(taken, "me", "clinician", 0)).toEqual(["resolve"]);
    expect(actionsFor(taken, "other", "guardian", 0)).toEqual(["take_over"]);
    expect(actionsFor(taken, "patient", "patient", 0)).toEqual(["take_over", "resolve"]);
  });

  it("is nothing once it is resolved", () => {
    expect(actionsFor(alert({ state: "resolved" }), "me", "patient", 1e9)).toEqual([]);
  });
});
