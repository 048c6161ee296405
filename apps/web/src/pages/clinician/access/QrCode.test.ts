import { encode } from "uqr";
import { describe, expect, it } from "vitest";
import { pathOf } from "./QrCode";

describe("a QR code", () => {
  it("has a square for each dark module, and none for the light ones", () => {
    expect(
      pathOf([
        [true, false],
        [false, true],
      ]),
    ).toBe("M0 0h1v1h-1zM1 1h1v1h-1z");
    expect(pathOf([[false]])).toBe("");
  });

  it("holds a link with a note", () => {
    const link = `https://vitals.example/app/#/patient/sharing/new?${"x".repeat(400)}`;
    expect(encode(link).size).toBeGreaterThan(50);
  });
});
