import { expect, it } from "vitest";
import { count, resultOf, statusOf } from "./node";

it("reads what a node says of itself", () => {
  const status = resultOf({
    result: { node_info: { moniker: "one", version: "0.38.17" }, sync_info: { catching_up: true } },
  });
  expect(statusOf(status)).toEqual({ moniker: "one", version: "0.38.17", catchingUp: true });
});

it("what is missing or no text is shown as nothing, and what is long is cut", () => {
  expect(statusOf(resultOf(null))).toEqual({ moniker: "", version: "", catchingUp: false });
  const long = resultOf({ result: { node_info: { moniker: "x".repeat(500), version: 7 } } });
  expect(statusOf(long)).toEqual({ moniker: "x".repeat(64), version: "", catchingUp: false });
});

it("a count that a node does not tell is none, not zero", () => {
  expect(count("peers", "0")).toEqual({ peers: 0 });
  for (const told of [undefined, 3, "-1", "many", "1e9"]) expect(count("peers", told)).toEqual({});
});
