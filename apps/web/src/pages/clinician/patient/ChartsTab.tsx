import { lowerBound } from "../../../data/aggregate";
import { CATEGORIES, MEASURE, type Measure } from "../../../data/measures";
import type { MeasureSeries } from "../../../data/readings";
import { useT } from "../../../i18n";
import { Empty } from "../../../ui/Card";
import { Chart, type Threshold as Limit } from "../../../ui/Chart";
import type { Threshold } from "../../care/plan";
import { measuresOf } from "./useMeasured";
import type { Monitored } from "./useMonitored";

const LEVELS = { notice: "watch", urgent: "warning", emergency: "danger" } as const;

/** A limit of the plan as a chart draws it. */
export function limitsOf(thresholds: readonly Threshold[], measures: readonly Measure[]): Limit[] {
  return thresholds
    .filter(({ measure }) => measures.includes(measure))
    .map(({ measure, comparison, value, severity }) => {
      const shown = value / 10 ** MEASURE[measure].scale;
      const level = LEVELS[severity];
      return comparison === "at_least" ? { measure, high: shown, level } : { measure, low: shown, level };
    });
}

/** Readings from a time on, without copying them. */
function since({ times, values, flags }: MeasureSeries, from: number) {
  const start = lowerBound(times, from);
  return { times: times.subarray(start), values: values.subarray(start), flags: flags.subarray(start) };
}

/** Measures that share a chart: those of a unit. */
function charted(measures: readonly Measure[]): Measure[][] {
  const units = [...new Set(measures.map((measure) => MEASURE[measure].ucum))];
  return units.map((ucum) => measures.filter((measure) => MEASURE[measure].ucum === ucum));
}

/**
 * Every measure that may be read, with the plan's limits.
 * @param toldAbove the page itself says why what is missing could not be read: no chart says it again
 */
export function ChartsTab({ of, toldAbove = false }: { of: Monitored; toldAbove?: boolean }) {
  const t = useT();
  const readable = CATEGORIES.filter((category) => of.reads[category]);
  if (readable.length === 0) return <Empty title={t("clinician.overview.none_readable")} />;
  return (
    <>
      {readable.flatMap((category) =>
        charted(measuresOf(category)).map((measures) => {
          const readings = of.measured.by[category];
          const reached = of.reads[category]?.window;
          if (!readings || !reached) return null;
          // doses are read further back than is shown
          const window = { from: Math.max(reached.from, of.window.from), to: reached.to };
          const series = readings.series
            .filter(({ measure }) => measures.includes(measure))
            .map((one) => ({ ...one, ...since(one, window.from) }));
          const [first] = measures;
          const title = measures.length > 1 ? t("measures.blood_pressure") : t(`measures.${first as Measure}`);
          return (
            <Chart
              key={first}
              title={title}
              readings={{ ...readings, series, ...(toldAbove && { error: undefined }) }}
              window={window}
              thresholds={limitsOf(of.plan?.thresholds ?? [], measures)}
            />
          );
        }),
      )}
    </>
  );
}
