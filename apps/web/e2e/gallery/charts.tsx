import type { BatchInfo } from "@cw-vitals/client/anchor";
import { VitalsError } from "@cw-vitals/client/errors";
import type { MeasureSeries } from "../../src/data";
import type { Measure } from "../../src/data/measures";
import { Chart, Page } from "../../src/ui";

const TO = Date.UTC(2026, 10, 23, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A wave with noise that is the same each time, a hole of two hours, and one spike. */
function wave(measure: Measure, count: number, base: number, swing: number): MeasureSeries {
  const step = DAY / count;
  const kept = Array.from({ length: count }, (_, i) => i).filter((i) => i * step < 8 * HOUR || i * step > 10 * HOUR);
  const noise = (i: number) => ((i * 7919) % 13) / 13;
  return {
    measure,
    simulated: true,
    times: Float64Array.from(kept, (i) => TO - DAY + i * step),
    values: Float64Array.from(
      kept,
      (i) => base + swing * Math.sin(i / (count / 20)) + noise(i) * 3 + (i === count - 50 ? 60 : 0),
    ),
    flags: new Uint8Array(kept.length),
  };
}

const idle = {
  progress: undefined,
  cancel: () => undefined,
  retry: () => undefined,
  error: undefined,
  stale: false,
  away: false,
  awaited: [],
  asOf: undefined,
};
const unopened = { from: TO - 5 * HOUR, to: TO - 4 * HOUR, kind: "unopened" as const };
const failure = {
  info: {
    id: { device: "1", sequence: "2" },
    measures: ["heart_rate"],
    first_at_ms: unopened.from,
    last_at_ms: unopened.to,
  } as BatchInfo,
  error: new VitalsError("vault/digest", "ward sent other bytes"),
};

const pulse = wave("heart_rate", 86_400, 70, 8);
const pressure = [wave("systolic_pressure", 96, 125, 10), wave("diastolic_pressure", 96, 80, 6)];

export function Charts() {
  const window = { from: TO - DAY, to: TO };
  return (
    <Page title="Charts">
      <Chart
        title="Heart rate"
        readings={{ ...idle, series: [pulse], gaps: [unopened], failures: [failure] }}
        window={window}
        thresholds={[{ measure: "heart_rate", low: 50, high: 110, level: "warning" }]}
      />
      <Chart
        title="Blood pressure"
        readings={{ ...idle, series: pressure, gaps: [], failures: [] }}
        window={window}
        view="hour"
      />
      <Chart
        title="Nothing yet"
        readings={{
          ...idle,
          series: [{ ...pulse, times: new Float64Array(), values: new Float64Array() }],
          gaps: [],
          failures: [],
          stale: true,
          asOf: { height: 7, timeMs: TO },
          progress: { done: 3, total: 24 },
        }}
        window={window}
      />
    </Page>
  );
}
