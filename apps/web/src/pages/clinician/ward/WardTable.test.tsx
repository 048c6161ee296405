import { expect, it } from "vitest";
import { drawn } from "../../../test/render";
import type { BedReport } from "./BedProbe";
import { Score } from "./WardTable";

const now = { score: 2, atLeast: 2, missing: [], stale: [], points: [], riskAtLeast: "low" };
const bed = { assessment: { now, earlier: [], findings: [], readings: 9 }, stale: true, simulated: true, failures: 1 };

it("what is said beside a score is set apart, remark from remark", async () => {
  const english = (await drawn(<Score of={bed as unknown as BedReport} />)).textContent;
  expect(english).toMatch(/ · Not current\. · simulated · One batch could not be opened\.$/);
  const german = (await drawn(<Score of={bed as unknown as BedReport} />, "de")).textContent;
  expect(german).toMatch(/ · Nicht aktuell\. · simuliert · Ein Paket ließ sich nicht öffnen\.$/);
});
