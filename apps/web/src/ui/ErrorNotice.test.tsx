import { VitalsError } from "@cw-vitals/client/errors";
import type { Tended } from "@cw-vitals/client/keys";
import type { ReactNode } from "react";
import { expect, it } from "vitest";
import { SkippedList } from "../pages/patient/keys/SkippedList";
import { Done } from "../pages/patient/keys/TendCard";
import { drawn } from "../test/render";
import { ErrorNotice } from "./ErrorNotice";

const error = new VitalsError("consent/no_recipient", "an English reason of the contract");
const tended = { rolled: { grants: [], skipped: [{ grant: "4", error }] }, custody: error } as unknown as Tended;

/** The text in the page's language, without what is marked as English, and that. */
async function told(what: ReactNode) {
  const place = await drawn(what, "de");
  const english = [...place.querySelectorAll('[lang="en"]')];
  const exact = english.map((part) => part.textContent);
  for (const part of english) part.remove();
  return { german: place.textContent, exact };
}

it.each<[string, ReactNode]>([
  ["a refusal", <ErrorNotice key="a" error={error} title="Titel" />],
  ["permissions without keys", <SkippedList key="b" of={[{ grant: "4", error }]} />],
  ["emergency keys that were not renewed", <Done key="c" of={tended} />],
])("in German %s has the contract's English reason only among the details, marked as English", async (_, what) => {
  const { german, exact } = await told(what);
  expect(german).not.toContain(error.reason);
  expect(german).not.toContain(error.advice);
  expect(german).toContain(error.code);
  expect(exact).toContain(`${error.code}: ${error.reason}`);
});

it("what a permission lacks is said with the advice of its code", async () => {
  const { german } = await told(
    <SkippedList of={[{ grant: "4", error: new VitalsError("vault/unreachable", "x") }]} />,
  );
  expect(german).toContain("Freigabe 4 bekam keine Schlüssel: Kein Tresor hat geantwortet");
});
