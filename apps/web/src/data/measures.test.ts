// @vitest-environment node
import { loadCore, measures } from "@cw-vitals/client/core";
import { beforeAll, expect, test } from "vitest";
import { MEASURE, MEASURES, type Measure } from "./measures";

beforeAll(() => loadCore());

test("what the app knows of measures without the core is what the core says", () => {
  const rows = measures();
  expect(rows.map(({ name }) => name).sort()).toEqual([...MEASURES].sort());
  for (const { name, code, category, unit, scale } of rows) {
    expect(MEASURE[name as Measure]).toMatchObject({ code, category, ucum: unit, scale });
  }
});
