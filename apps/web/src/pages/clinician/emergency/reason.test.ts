import { describe, expect, it } from "vitest";
import { mistakesOf, type OpenDraft, reasonFile, saltedReason } from "./reason";

const DRAFT: OpenDraft = { patient: "7", reason: "found unconscious on the stairs", hoursBack: "24", minutes: "60" };
const mistakes = (change: Partial<OpenDraft>, patient: string | undefined = "7") =>
  mistakesOf({ ...DRAFT, ...change }, 3_600, patient);

describe("a reason", () => {
  it("ends in something random, so that its digest cannot be guessed", () => {
    expect(saltedReason(" why ", Uint8Array.of(1, 255))).toBe("why\n\n01ff\n");
    expect(saltedReason("why")).not.toBe(saltedReason("why"));
  });

  it("goes to a file named after patient and emergency", () => {
    expect(reasonFile("7", "2")).toBe("emergency-7-2-reason.txt");
  });
});

describe("opening an emergency", () => {
  it("takes what the contract takes", () => {
    expect(mistakes({})).toEqual([]);
    expect(mistakes({ hoursBack: "0", minutes: "1" })).toEqual([]);
    expect(mistakes({ hoursBack: "336" })).toEqual([]);
  });

  it("names each box that is wrong", () => {
    expect(mistakesOf(DRAFT, 3_600, undefined)).toEqual(["patient"]);
    expect(mistakes({ reason: "urgent            " })).toEqual(["reason"]);
    expect(mistakes({ hoursBack: "337" })).toEqual(["hoursBack"]);
    expect(mistakes({ minutes: "61" })).toEqual(["minutes"]);
    expect(mistakes({ minutes: "0", hoursBack: "1.5" })).toEqual(["hoursBack", "minutes"]);
  });
});
