import { describe, expect, it } from "vitest";
import { merged, NOTHING_KEPT, patientNumber } from "./kept-list";

describe("the list of patients", () => {
  it("has those found and those added, each once, without those taken off", () => {
    expect(merged(["1", "2"], { ...NOTHING_KEPT, added: ["2", "3"], hidden: ["1"] })).toEqual(["2", "3"]);
    expect(merged([], NOTHING_KEPT)).toEqual([]);
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
