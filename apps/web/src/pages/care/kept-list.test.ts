import { describe, expect, it } from "vitest";
import { listed, NOTHING_KEPT, named, patientNumber, takenOff, takenOn } from "./kept-list";

describe("the list of patients", () => {
  it("has those taken on, and apart from them those found, without those taken off", () => {
    const kept = { ...NOTHING_KEPT, added: ["2", "3"], hidden: ["1"] };
    expect(listed(["1", "2", "4"], kept)).toEqual({ patients: ["2", "3"], fresh: ["4"] });
    expect(listed([], NOTHING_KEPT)).toEqual({ patients: [], fresh: [] });
  });

  it("keeps who was taken on, however many others are found", () => {
    const crowd = Array.from({ length: 5_000 }, (_, i) => String(i + 10));
    expect(listed(crowd, { ...NOTHING_KEPT, added: ["7"] }).patients).toEqual(["7"]);
  });

  it("takes on who is added or named, and takes off until then", () => {
    const off = takenOff(takenOn(NOTHING_KEPT, "1"), "1");
    expect(off).toEqual({ added: [], hidden: ["1"], names: {} });
    expect(takenOn(off, "1")).toEqual({ added: ["1"], hidden: [], names: {} });
    expect(named(off, "1", "Ada")).toEqual({ added: ["1"], hidden: [], names: { 1: "Ada" } });
  });

  it("takes a number as people write it", () => {
    expect(patientNumber(" 18 446 744 073 709 551 615 ")).toBe("18446744073709551615");
    expect(patientNumber("1.234")).toBe("1234");
  });

  it("takes nothing that is no patient’s number", () => {
    for (const typed of ["", "0", "007", "-3", "12a", "18446744073709551616", "wasm1abc"]) {
      expect(patientNumber(typed)).toBeUndefined();
    }
  });
});
