import { CATEGORIES, MEASURE, type Measure } from "../../../data/measures";
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

/** Measures that share a chart: those of a unit. */
function charted(measures: readonly Measure[]): Measure[][] {
  const units = [...new Set(measures.map((measure) => MEASURE[measure].ucum))];
  return units.map((ucum) => measures.filter((measure) => MEASURE[measure].ucum === ucum));
}

/** Every measure that may be read, with the plan's limits. */
export function ChartsTab({ of }: { of: Monitored }) {
  const t = useT();
  const readable = CATEGORIES.filter((category) => of.reads[category]);
  if (readable.length === 0) return <Empty title={t("clinician.overview.none_readable")} />;
  return (
    <>
      {readable.flatMap((category) =>
        charted(measuresOf(category)).map((measures) => {
          const readings = of.measured.by[category];
          const window = of.reads[category]?.window;
          if (!readings || !window) return null;
          const series = readings.series.filter(({ measure }) => measures.includes(measure));
          const [first] = measures;
          const title = measures.length > 1 ? t("measures.blood_pressure") : t(`measures.${first as Measure}`);
          return (
            <Chart
              key={first}
              title={title}
              readings={{ ...readings, series }}
              window={window}
              thresholds={limitsOf(of.plan?.thresholds ?? [], measures)}
            />
          );
        }),
      )}
    </>
  );
}
