import { expect, it } from "vitest";
import { packed, unpacked } from "./pack";

it("typed arrays come back as they were, wherever they stand", () => {
  const value = {
    text: "ä",
    odd: Uint8Array.of(1, 2, 3),
    inner: [{ values: Float64Array.of(1.5, -0, 1e300), codes: Uint16Array.of(65_535) }],
    none: new Float64Array(),
  };
  const back = unpacked<typeof value>(packed(value));
  expect(back).toEqual(value);
  expect(back.inner[0]?.values).toBeInstanceOf(Float64Array);
});

it("a view into a larger buffer is packed alone", () => {
  const whole = Float64Array.of(1, 2, 3, 4);
  expect(unpacked(packed(whole.subarray(1, 3)))).toEqual(Float64Array.of(2, 3));
});

it("plain JSON passes through", () => {
  expect(unpacked(packed({ a: [1, "x", null, true] }))).toEqual({ a: [1, "x", null, true] });
});
