import { expect, it } from "vitest";
import { MEASURES, type Measure } from "../../../data/measures";
import { SettingsProvider } from "../../../shell/settings";
import { drawn } from "../../../test/render";
import { type ToJudge, vitals } from "./judge";
import { Tiles } from "./Tiles";

const NOW = Date.now();
const series = (measured: Partial<Record<Measure, number>>) =>
  MEASURES.map((measure) => {
    const value = measured[measure];
    const values = value === undefined ? new Float64Array() : Float64Array.of(value);
    const times = values.map(() => NOW - 60_000);
    return { measure, times, values, flags: new Uint8Array(values.length), simulated: false };
  });
const batch = (measures: Measure[], last_at_ms: number) => ({ measures, last_at_ms });

async function text(measured: Partial<Record<Measure, number>>, change: object = {}): Promise<string> {
  const readings = { series: series(measured), failures: [], awaited: [], error: undefined, away: false, stale: false };
  const of = {
    readings: { ...readings, ...change },
    now: NOW,
    judgement: undefined,
    error: undefined,
    plan: { state: "none", data: undefined },
  } as unknown as ToJudge;
  const tiles = <Tiles vitals={vitals(of)} of={of} />;
  return (await drawn(<SettingsProvider>{tiles}</SettingsProvider>)).textContent ?? "";
}

it("nothing is said of what was measured before it is known what there is", async () => {
  expect(await text({}, { awaited: undefined })).toBe("");
  expect(await text({}, { failures: [{ info: batch(["heart_rate"], NOW) }] })).toBe("");
});

it("that nothing was measured is said of what was read whole", async () => {
  expect(await text({})).toContain("Not measured");
  expect(await text({ glucose: 5 })).toMatch(/Not measured in the last day: Heart rate, .*Body temperature/);
});

it("of what is not opened it is said that it is not known", async () => {
  const said = await text({ glucose: 5 }, { failures: [{ info: batch(["heart_rate"], NOW) }] });
  expect(said).toContain("Not known, as not all of it is opened: Heart rate.");
  expect(said).not.toMatch(/Not measured in the last day: [^.]*Heart rate/);
});

it("a reading after which another is not opened is not called well", async () => {
  const said = await text({ glucose: 5 }, { awaited: [batch(["glucose"], NOW)] });
  expect(said).toContain("A later reading is not opened");
});
