import type { ReactNode } from "react";
import { describe, expect, it, vi } from "vitest";
import type { ReadFailure } from "../../data/gather";
import type { MeasureSeries } from "../../data/readings";
import { SettingsProvider } from "../../shell/settings";
import { acted, drawn } from "../../test/render";
import { Gaps } from "./Gaps";
import type { Line, Point } from "./model";
import { Readout } from "./Readout";
import type { ChartProps } from "./types";
import { ZoomTools } from "./ZoomTools";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 10, 23, 12);

const said = async (what: ReactNode) =>
  (await drawn(<SettingsProvider>{what}</SettingsProvider>)).textContent?.replace(/\s/g, " ");

describe("gaps in words", () => {
  const window = { from: NOON - DAY, to: NOON };
  const minute: MeasureSeries = {
    measure: "heart_rate",
    simulated: false,
    times: Float64Array.from({ length: 60 }, (_, i) => NOON - HOUR + i * 1000),
    values: new Float64Array(60),
    flags: new Uint8Array(60),
  };
  const whole: ChartProps["readings"] = {
    series: [minute],
    gaps: [],
    failures: [],
    awaited: [],
    progress: undefined,
    error: undefined,
    away: false,
    stale: false,
    asOf: undefined,
    cancel() {},
    retry() {},
  };
  const of = (change: Partial<ChartProps["readings"]>) => said(<Gaps of={{ ...whole, ...change }} window={window} />);
  const failed = (measure: string): ReadFailure =>
    ({
      info: { measures: [measure], first_at_ms: NOON - HOUR + 20_000, last_at_ms: NOON - HOUR + 30_000 },
      error: undefined,
    }) as unknown as ReadFailure;

  it("a day with one minute of readings has two gaps, and the longest is named", async () => {
    expect(await of({})).toBe(
      "2 gaps, drawn as gaps. The longest is from Nov 22, 2026, 12:00 PM to Nov 23, 2026, 11:00 AM.",
    );
  });

  it("what could not be opened is a gap of its own measure alone", async () => {
    expect(await of({ failures: [failed("heart_rate")] })).toMatch(/^3 gaps/);
    expect(await of({ failures: [failed("glucose")] })).toMatch(/^2 gaps/);
  });

  it("no number of gaps is said before everything is opened, or where the reading stopped", async () => {
    expect(await of({ awaited: [failed("heart_rate").info] })).toBe("Gaps are told once everything is opened.");
    expect(await of({ awaited: undefined })).toBe("Gaps are told once everything is opened.");
    const stopped = "Gaps are not known: not everything was read.";
    expect(await of({ error: new Error("refused") })).toBe(stopped);
    expect(await of({ away: true })).toBe(stopped);
  });
});

describe("the point under the cursor", () => {
  const line = (kind: Line["kind"], measure: Line["measure"] = "heart_rate"): Line => ({
    measure,
    index: 0,
    kind,
    values: [],
  });
  const hour: Point = {
    at: NOON + HOUR / 2,
    period: { from: NOON, to: NOON + HOUR, whole: true },
    lines: [
      { line: line("high"), value: 90 },
      { line: line("low"), value: 66 },
      { line: line("line"), value: 81 },
    ],
  };
  const at = (point: Point, view: "readings" | "hour" | "day") => said(<Readout point={point} view={view} />);

  it("is a reading and its time to the second", async () => {
    expect(await at({ at: NOON, lines: [{ line: line("line"), value: 81 }] }, "readings")).toBe(
      "Nov 23, 2026, 12:00:00 PM: Heart rate 81 /min",
    );
  });

  it("by hour is the hour, with lowest, median and highest each called what it is", async () => {
    expect(await at(hour, "hour")).toBe(
      "Nov 23, 2026, 12:00 – 1:00 PM: Heart rate: lowest 66 /min, median 81 /min, highest 90 /min",
    );
  });

  it("by day is the day, and what is counted is a sum", async () => {
    const from = Date.UTC(2026, 10, 23);
    const day: Point = {
      at: NOON,
      period: { from, to: from + DAY, whole: true },
      lines: [{ line: line("bars", "steps"), value: 5120 }],
    };
    expect(await at(day, "day")).toBe("Monday, November 23, 2026: Steps: 5,120 in all");
    const cut = { ...day, period: { from: NOON, to: from + DAY, whole: false } };
    expect(await at(cut, "day")).toBe("Nov 23, 2026, 12:00 PM – Nov 24, 2026, 12:00 AM: Steps: 5,120 in all");
  });
});

describe("zoom by buttons", () => {
  const whole = { from: NOON - DAY, to: NOON };
  const part = { from: NOON - 2 * HOUR, to: NOON };

  async function pressed(shown: typeof whole, name: string) {
    const step = vi.fn();
    const tools = <ZoomTools shown={shown} whole={whole} view="readings" onStep={step} />;
    const place = await drawn(<SettingsProvider>{tools}</SettingsProvider>);
    const buttons = [...place.querySelectorAll("button")];
    const button = buttons.find((one) => (one.getAttribute("aria-label") ?? one.textContent) === name);
    acted(() => button?.click());
    return { steps: step.mock.calls.flat(), said: place.querySelector("[role=status]")?.textContent };
  }

  it("each does its step, and says which part is shown", async () => {
    expect(await pressed(whole, "Closer")).toEqual({ steps: ["in"], said: "" });
    expect((await pressed(part, "Further")).steps).toEqual(["out"]);
    expect((await pressed(part, "Earlier")).steps).toEqual(["earlier"]);
    const back = await pressed(part, "Whole period");
    expect(back.steps).toEqual(["whole"]);
    expect(back.said?.replace(/\s/g, " ")).toBe("Shown: Nov 23, 2026, 10:00:00 AM – 12:00:00 PM");
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Closer");
  });

  it("one that leads nowhere does nothing", async () => {
    expect((await pressed(part, "Later")).steps).toEqual([]);
    expect((await pressed(whole, "Further")).steps).toEqual([]);
  });
});
