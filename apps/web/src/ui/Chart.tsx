import { lazy, Suspense } from "react";
import type { ChartProps } from "./chart/types";
import { Loading } from "./Progress";

export type { ChartProps, Threshold } from "./chart/types";

// the drawing library comes with the first chart, not with the app
const Drawn = lazy(() => import("./chart/ChartCard"));

/**
 * Readings of measures that share a unit: as they are, by hour, by day, and as a table. Gaps are gaps, simulated data
 * says so, and what could not be opened is told below.
 */
export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<Loading />}>
      <Drawn {...props} />
    </Suspense>
  );
}
