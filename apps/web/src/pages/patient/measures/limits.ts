import { MEASURE, type Measure } from "../../../data/measures";
import type { Threshold as ChartThreshold } from "../../../ui/Chart";
import type { Threshold } from "../../care/plan";

const LEVEL = { notice: "watch", urgent: "warning", emergency: "danger" } as const;

/** A plan's limits as a chart draws them, in the unit of the reading. */
export function chartLimits(thresholds: readonly Threshold[], measures: readonly Measure[]): ChartThreshold[] {
  return thresholds
    .filter(({ measure }) => measures.includes(measure))
    .map(({ measure, comparison, value, severity }) => {
      const limit = value / 10 ** MEASURE[measure].scale;
      return { measure, level: LEVEL[severity], ...(comparison === "at_least" ? { high: limit } : { low: limit }) };
    });
}
