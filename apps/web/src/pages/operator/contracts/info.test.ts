import { expect, it } from "vitest";
import { versionIn } from "./info";

const bytes = (text: string) => new TextEncoder().encode(text);

it("reads the version of the record that cw2 keeps", () => {
  expect(versionIn(bytes('{"contract":"cw-vitals:claims","version":"0.2.0"}'))).toBe("0.2.0");
});

it("a record that is missing or none of it has no version", () => {
  for (const record of [bytes(""), bytes("{"), bytes('{"version":7}')]) expect(versionIn(record)).toBeUndefined();
});
