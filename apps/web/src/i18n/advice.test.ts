import { readdirSync, readFileSync } from "node:fs";
import { VitalsError } from "@cw-vitals/client/errors";
import { afterEach, expect, it } from "vitest";
import { ADVICE } from "../../../../clients/ts/src/generated/advice";
import { explain } from "../data/errors";
import type { Translate } from ".";
import { loadAdvice, translatedAdvice } from "./advice";
import german from "./advice.de.json";

afterEach(() => loadAdvice("en"));

const sources = import.meta.glob<string>("../**/*.{ts,tsx}", {
  eager: true,
  query: "?raw",
  import: "default",
});
const familyOf = (code: string) => `${code.split("/")[0]}/*`;
/** Codes that the app or its client raises itself. */
const ofApp = Object.entries(sources).filter(([path]) => !path.includes(".test."));
const CLIENT = "../../clients/ts/src";
const ofClient = readdirSync(CLIENT)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(`${CLIENT}/${name}`, "utf8"));
const raised = [...ofApp.map(([, text]) => text), ...ofClient].flatMap((text) =>
  [...text.matchAll(/VitalsError\(\s*"([a-z_]+\/[a-z_0-9]+)"/g)].map(([, code]) => code as string),
);

it("every family of codes that the client advises on, or the app raises, has German advice of its own", () => {
  const families = [...Object.keys(ADVICE), ...raised].map(familyOf);
  expect(raised.length).toBeGreaterThan(10);
  expect([...new Set(families)].filter((family) => !(family in german))).toEqual([]);
});

it("no German advice is for a code that is gone", () => {
  const known = new Set([
    ...Object.keys(ADVICE),
    ...raised,
    ...Object.keys(ADVICE).map(familyOf),
    ...raised.map(familyOf),
  ]);
  const others = ["*", "app/*"];
  expect(Object.keys(german).filter((code) => !known.has(code) && !others.includes(code))).toEqual([]);
});

it("in German an error is told without a word of the client's English, which is among the details", async () => {
  const t: Translate = (id, values) => `${id} ${values?.code ?? ""}`;
  await loadAdvice("de");
  for (const code of [...Object.keys(ADVICE).filter((one) => !one.endsWith("*")), "nobody/knows"]) {
    const error = new VitalsError(code, "an English reason");
    const { what, todo, detail } = explain(error, t);
    expect(`${what} ${todo}`).not.toContain(error.reason);
    expect(todo, code).toBeTruthy();
    expect(todo).not.toBe(error.advice);
    expect(detail).toContain(error.reason);
  }
});

it("a code without advice of its own has its family's, and any other what is good for all", async () => {
  expect(translatedAdvice("claims/paused")).toBeUndefined();
  await loadAdvice("de");
  expect(translatedAdvice("claims/simulated")).toBe(german["claims/simulated"]);
  expect(translatedAdvice("claims/unheard_of")).toBe(german["claims/*"]);
  expect(translatedAdvice("nobody/knows")).toBe(german["*"]);
});
