import { expect, it } from "vitest";
import { faultOf, SHORTEST_PASSPHRASE } from "./new-passphrase";

const LONG = "x".repeat(SHORTEST_PASSPHRASE);

it("a new passphrase is taken where it is long enough and was typed the same twice", () => {
  expect(faultOf(LONG, LONG)).toBeUndefined();
  expect(faultOf(LONG, `${LONG} `)).toBe("differs");
  expect(faultOf(LONG.slice(1), LONG.slice(1))).toBe("short");
});

it("its characters are counted as people do", () => {
  expect(faultOf("🜁".repeat(SHORTEST_PASSPHRASE - 1), "🜁".repeat(SHORTEST_PASSPHRASE - 1))).toBe("short");
});
