import { describe, expect, it } from "vitest";
import type { PlotModel } from "./model";
import { dragged, leads, nextPoint, stepOfKey, stepped, within } from "./zoom";

const HOUR = 3_600_000;
const whole = { from: 0, to: 24 * HOUR };
const hours = (from: number, to: number) => ({ from: from * HOUR, to: to * HOUR });

describe("a step", () => {
  const step = (...[step, shown, at]: [Parameters<typeof stepped>[0], [number, number], number?]) =>
    stepped(step, hours(...shown), whole, "readings", at === undefined ? undefined : at * HOUR);

  it("in shows half as much, around the middle or around the point that is read", () => {
    expect(step("in", [0, 24])).toEqual(hours(6, 18));
    expect(step("in", [0, 24], 4)).toEqual(hours(2, 14));
    expect(step("in", [6, 18], 20)).toEqual(hours(9, 15));
  });

  it("out shows twice as much, and nothing but the whole once it is that much", () => {
    expect(step("out", [9, 15])).toEqual(hours(6, 18));
    expect(step("out", [6, 18])).toBeUndefined();
    expect(step("out", [0, 4])).toEqual(hours(0, 8));
  });

  it("earlier or later moves by half of what is shown, as far as the edge", () => {
    expect(step("later", [6, 18])).toEqual(hours(12, 24));
    expect(step("later", [10, 22])).toEqual(hours(12, 24));
    expect(step("earlier", [2, 14])).toEqual(hours(0, 12));
  });

  it("to the whole leads back at once", () => expect(step("whole", [9, 10])).toBeUndefined());

  it("never shows less than there is to see: seconds of readings, some hours, some days", () => {
    const second = { from: 12 * HOUR, to: 12 * HOUR + 1_000 };
    const length = (view: "readings" | "hour" | "day") => {
      const shown = within(second, { from: 0, to: 30 * 24 * HOUR }, view);
      return shown && shown.to - shown.from;
    };
    expect([length("readings"), length("hour"), length("day")]).toEqual([10_000, 6 * HOUR, 72 * HOUR]);
  });

  it("that leads nowhere says so", () => {
    const may = (shown: [number, number]) =>
      (["in", "out", "earlier", "later"] as const).filter((one) => leads(one, hours(...shown), whole, "readings"));
    expect(may([0, 24])).toEqual(["in"]);
    expect(may([0, 12])).toEqual(["in", "out", "later"]);
    expect(may([6, 12])).toEqual(["in", "out", "earlier", "later"]);
    expect(leads("in", { from: 0, to: 10_000 }, whole, "readings")).toBe(false);
  });
});

it("a part that the window left behind is shown at its edge", () => {
  expect(within(hours(-6, -2), whole, "readings")).toEqual(hours(0, 4));
});

it("plus, minus, page keys and nought are steps, arrows are none", () => {
  expect(["+", "=", "-", "PageUp", "PageDown", "0"].map(stepOfKey)).toEqual([
    "in",
    "in",
    "out",
    "earlier",
    "later",
    "whole",
  ]);
  expect(stepOfKey("ArrowLeft")).toBeUndefined();
});

describe("fingers", () => {
  it("apart: what is between them grows, and stays under them", () => {
    expect(dragged(hours(0, 24), [0.25, 0.75], [0, 1])).toEqual(hours(6, 18));
    expect(dragged(hours(6, 18), [0, 1], [0.25, 0.75])).toEqual(hours(0, 24));
  });

  it("one: what is shown moves with it", () => {
    expect(dragged(hours(6, 18), [0.5], [0.25])).toEqual(hours(9, 21));
  });

  it("that meet do not scale without end", () => {
    const { from, to } = dragged(hours(0, 1), [0.4, 0.6], [0.5, 0.5]);
    expect(to - from).toBeCloseTo(10 * HOUR, -3);
  });
});

describe("arrow keys", () => {
  const model: PlotModel = {
    times: [0, 10, 20, 30, 40],
    lines: [{ measure: "heart_rate", index: 0, kind: "line", values: [1, 2, null, 4, 5] }],
  };
  const all = { from: 0, to: 40_000 };

  it("go from reading to reading, over what is a gap, and stop at the ends", () => {
    expect(nextPoint("ArrowRight", model, all)).toBe(0);
    expect(nextPoint("ArrowRight", model, all, 10)).toBe(30);
    expect(nextPoint("ArrowLeft", model, all, 30)).toBe(10);
    expect(nextPoint("ArrowLeft", model, all, 0)).toBe(0);
    expect(nextPoint("ArrowRight", model, all, 40)).toBe(40);
    expect(nextPoint("a", model, all, 10)).toBeUndefined();
  });

  it("stay in what is shown, and so do Home and End", () => {
    const shown = { from: 5_000, to: 35_000 };
    expect([nextPoint("Home", model, shown), nextPoint("End", model, shown)]).toEqual([10, 30]);
    expect(nextPoint("ArrowRight", model, shown, 30)).toBe(30);
    expect(nextPoint("Home", model, { from: 11_000, to: 29_000 })).toBeUndefined();
  });

  it("go on from where they were, also where that reading is drawn no more", () => {
    expect(nextPoint("ArrowRight", model, all, 25)).toBe(30);
  });
});
