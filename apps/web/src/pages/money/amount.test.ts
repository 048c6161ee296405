import { describe, expect, it } from "vitest";
import { decimalOf, parseAmount, permille, typedOf, unitOf } from "./amount";

describe("an amount that is shown", () => {
  it.each([
    ["0", 6, "0"],
    ["1", 6, "0.000001"],
    ["1500000", 6, "1.5"],
    ["340282366920938463463374607431768211455", 6, "340282366920938463463374607431768.211455"],
    ["12", 0, "12"],
  ])("%s at %i digits is %s", (amount, digits, shown) => expect(decimalOf(amount, digits)).toBe(shown));

  it("has the mark of the language", () => expect(typedOf("1500000", 6, "de")).toBe("1,5"));
});

describe("an amount that is typed", () => {
  it.each([
    ["1.5", "en", "1500000"],
    ["1,5", "de", "1500000"],
    ["1,5", "en", "1500000"],
    [" 0.000001 ", "en", "1"],
    ["0", "en", "0"],
    ["12345678901234567890", "en", "12345678901234567890000000"],
  ])("%s in %s is %s", (typed, locale, amount) => expect(parseAmount(typed, 6, locale)).toBe(amount));

  it.each([
    ["1,000", "en"],
    ["1.000", "de"],
    ["1.0000001", "en"],
    ["1.", "en"],
    [".5", "en"],
    ["-1", "en"],
    ["1e6", "en"],
    ["", "en"],
    ["340282366920938463463374607431768211456", "en"],
  ])("%s in %s is none", (typed, locale) => expect(parseAmount(typed, 6, locale)).toBeUndefined());

  it("comes back as it was shown", () => {
    for (const amount of ["1", "10", "999999", "1000000", "123456789"]) {
      expect(parseAmount(typedOf(amount, 6, "de"), 6, "de")).toBe(amount);
    }
  });
});

describe("a denomination", () => {
  it("of micro coins is shown in millionths", () => {
    expect(unitOf({ native: "uvital" })).toEqual({ symbol: "VITAL", digits: 6, exact: "uvital" });
    expect(unitOf({ native: "ibc/AB" }).digits).toBe(0);
  });

  it("of a token has the digits that its contract says, where they are believable", () => {
    expect(unitOf({ cw20: "wasm1t" }, { symbol: "EURX", decimals: 2 })).toMatchObject({ symbol: "EURX", digits: 2 });
    expect(unitOf({ cw20: "wasm1t" }, { symbol: "X", decimals: 400 }).digits).toBe(0);
    expect(unitOf({ cw20: "wasm1t" })).toMatchObject({ symbol: "cw20", exact: "cw20:wasm1t" });
  });
});

describe("a share", () => {
  it("is in thousandths and exact for sums beyond doubles", () => {
    expect(permille("1", "3")).toBe(333);
    expect(permille("5", "0")).toBe(0);
    expect(permille("170141183460469231731687303715884105727", "340282366920938463463374607431768211454")).toBe(500);
  });
});
