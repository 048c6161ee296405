import { describe, expect, it } from "vitest";
import { dateEnd, dateStart, dateText, hourOf, localInstant, msOfHour, timeText } from "./time";

const BERLIN = "Europe/Berlin";

describe("local dates", () => {
  it("start at the local midnight", () => {
    expect(new Date(dateStart("2026-07-01", BERLIN) ?? 0).toISOString()).toBe("2026-06-30T22:00:00.000Z");
    expect(new Date(dateStart("2026-07-01", "Pacific/Kiritimati") ?? 0).toISOString()).toBe("2026-06-30T10:00:00.000Z");
  });

  it("end 23 hours later on the day clocks go forward and 25 on the day they go back", () => {
    const length = (day: string) => ((dateEnd(day, BERLIN) ?? 0) - (dateStart(day, BERLIN) ?? 0)) / 3_600_000;
    expect(length("2026-03-29")).toBe(23);
    expect(length("2026-10-25")).toBe(25);
    expect(length("2026-10-26")).toBe(24);
  });

  it("are written as forms have them, in the zone", () => {
    expect(dateText(Date.parse("2026-06-30T22:30:00Z"), BERLIN)).toBe("2026-07-01");
    expect(dateText(Date.parse("2026-06-30T22:30:00Z"), "UTC")).toBe("2026-06-30");
  });

  it("that do not exist are none", () => {
    for (const text of ["", "2026-02-30", "2026-13-01", "tomorrow", "2026-1-1"]) {
      expect(dateStart(text, BERLIN)).toBeUndefined();
      expect(dateEnd(text, BERLIN)).toBeUndefined();
    }
  });
});

describe("epochs", () => {
  it("are hours of Unix time", () => {
    expect(hourOf(3_599_999)).toBe(0);
    expect(hourOf(3_600_000)).toBe(1);
    expect(msOfHour(1)).toBe(3_600_000);
  });
});

describe("a local time of day", () => {
  it("comes back as it was typed, on either side of a change of clocks", () => {
    for (const [date, time] of [
      ["2026-03-29", "01:59"],
      ["2026-03-29", "03:00"],
      ["2026-10-25", "04:30"],
      ["2026-07-01", "00:00"],
    ] as const) {
      const at = localInstant(date, time, BERLIN) ?? 0;
      expect([dateText(at, BERLIN), timeText(at, BERLIN)]).toEqual([date, time]);
    }
  });

  it("that is none is none", () => {
    expect(localInstant("2026-07-01", "24:01", BERLIN)).toBeUndefined();
    expect(localInstant("2026-07-01", "", BERLIN)).toBeUndefined();
    expect(localInstant("", "10:00", BERLIN)).toBeUndefined();
  });
});
