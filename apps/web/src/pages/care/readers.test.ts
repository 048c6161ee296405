import { describe, expect, it } from "vitest";
import { besides } from "./readers";

describe("readers of a plan", () => {
  it("are shown without author and patient, who read it anyway", () => {
    const recipients = new Map([
      ["author", "age1a"],
      ["gateway", "age1g"],
      ["patient", "age1p"],
    ]);
    expect(besides(["author", "patient"], { recipients, without: [] })).toEqual({ accounts: ["gateway"], without: [] });
  });

  it("without a recipient are told apart: nothing can be encrypted to them", () => {
    const told = { recipients: new Map<string, string>(), without: ["nurse", "author"] };
    expect(besides(["author"], told)).toEqual({ accounts: [], without: ["nurse"] });
  });
});
