import { describe, expect, it } from "vitest";
import { fromLocalInput, toDateInput, toLocalInput } from "./local-time";

describe("a local time in a box", () => {
  it("is the wall clock of the chosen zone", () => {
    const noon = Date.UTC(2026, 0, 15, 12);
    expect(toLocalInput(noon, "Asia/Kolkata")).toBe("2026-01-15T17:30");
    expect(toDateInput(Date.UTC(2026, 0, 15, 23), "Europe/Berlin")).toBe("2026-01-16");
  });

  it("comes back, also on the days on which clocks change", () => {
    for (const at of [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 3), Date.UTC(2026, 6, 1, 7, 30)]) {
      expect(fromLocalInput(toLocalInput(at, "Europe/Berlin"), "Europe/Berlin")).toBe(at);
    }
  });

  it("is none where the text is none", () => {
    for (const text of ["", "tomorrow", "2026-13-99T", "26-01-01"]) expect(fromLocalInput(text, "UTC")).toBeUndefined();
  });
});
