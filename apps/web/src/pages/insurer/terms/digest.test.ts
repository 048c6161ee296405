import { expect, it } from "vitest";
import { digestOfText, hexOf } from "./digest";

it("is the SHA-256 of the text, in base64 and in hex", async () => {
  const digest = await digestOfText("abc");
  expect(hexOf(digest)).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(digest).toBe("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
});
