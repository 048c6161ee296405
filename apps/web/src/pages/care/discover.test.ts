import { expect, it } from "vitest";
import { said } from "./discover";

const granted = (attributes: Record<string, string>) => ({ attributes });

it("what events say under a name is each once, the newest first", () => {
  expect(
    said(
      ["1", "2", "1"].map((patient) => granted({ patient })),
      "patient",
    ),
  ).toEqual(["1", "2"]);
});

it("events that do not say it say nothing", () => {
  expect(said([granted({ grantee: "wasm1me" })], "patient")).toEqual([]);
});
