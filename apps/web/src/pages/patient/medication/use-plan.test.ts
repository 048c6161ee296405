import { expect, it } from "vitest";
import { stateOf } from "./use-plan";

const none = { listed: true, unlisted: false, inForce: false, asked: true, failed: false, open: false };
const one = { ...none, inForce: true };

it("there is no plan only once the chain said so", () => {
  expect(stateOf(none)).toBe("none");
  expect(stateOf({ ...none, listed: false })).toBe("loading");
  expect(stateOf({ ...none, unlisted: true })).toBe("failed");
});

it("a plan that was opened is open only while it is known that it is in force", () => {
  expect(stateOf({ ...one, open: true })).toBe("open");
  expect(stateOf({ ...one, open: true, unlisted: true })).toBe("failed");
});

it("a plan that is not open is being opened, waits to be asked for, or could not be", () => {
  expect(stateOf(one)).toBe("loading");
  expect(stateOf({ ...one, asked: false })).toBe("unopened");
  expect(stateOf({ ...one, failed: true })).toBe("failed");
});
