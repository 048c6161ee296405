import { VitalsError } from "@cw-vitals/client/errors";
import { expect, it } from "vitest";
import type { Translate } from "../i18n";
import { codeOf, explain } from "./errors";

const t: Translate = (id) => id;

it("a code with words of its own is told in them", () => {
  const told = explain(new VitalsError("vault/unreachable", "ward at http://x gave no answer"), t);
  expect(told).toEqual({
    what: "errors.vault/unreachable.what",
    todo: "errors.vault/unreachable.todo",
    code: "vault/unreachable",
    detail: "vault/unreachable: ward at http://x gave no answer",
  });
});

it("whatever shows that readings are not genuine is told as that, and keeps its code", () => {
  for (const code of ["payload/not_authentic", "reader/anything"]) {
    expect(explain(new VitalsError(code, "x"), t)).toMatchObject({ what: "errors.reader/root.what", code });
  }
  expect(explain(new VitalsError("vault/altered", "x"), t).what).toBe("errors.vault/digest.what");
});

it("any other code gets the client's reason and advice", () => {
  const error = new VitalsError("claims/paused", "the contract is paused");
  expect(explain(error, t)).toMatchObject({
    what: "the contract is paused",
    todo: error.advice,
    code: "claims/paused",
  });
});

it("a mistake within the app is told without its text, which is among the details", () => {
  expect(explain(new TypeError("x is undefined"), t)).toEqual({
    what: "errors.app.what",
    todo: "errors.app.todo",
    detail: "x is undefined",
  });
});

it("what was stopped by its user is no failure of the app", () => {
  expect(codeOf(new DOMException("cancelled", "AbortError"))).toBe("cancelled");
});
