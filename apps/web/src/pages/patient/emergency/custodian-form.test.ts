import { expect, it } from "vitest";
import { custodianProblem } from "./custodian-form";

const account = (letter: string) => `wasm1${letter.repeat(38)}`;
const three = ["a", "b", "c"].map(account).join("\n");

it.each([
  ["", "1", "none"],
  ["bob", "1", "address"],
  [`${account("a")} ${account("a")}`, "1", "twice"],
  ["abcdefghi".split("").map(account).join(" "), "1", "many"],
  [three, "0", "threshold"],
  [three, "4", "threshold"],
  [three, "1.5", "threshold"],
  [three, "2", undefined],
])("custodians %j with threshold %s: %s", (text, threshold, problem) =>
  expect(custodianProblem(text, threshold, "wasm")).toBe(problem),
);
