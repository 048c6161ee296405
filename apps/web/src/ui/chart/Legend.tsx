import type { GatheredSeries } from "../../data/gather";
import { useT } from "../../i18n";
import { useMeasureFormat } from "../Measure";
import { State } from "../State";
import { dashOf } from "./colours";
import type { Threshold } from "./types";

/** Names of the lines as they are drawn, "simulated" where they are, and the limits in words. */
export function Legend({
  series,
  thresholds,
}: {
  series: readonly GatheredSeries[];
  thresholds: readonly Threshold[];
}) {
  const t = useT();
  return (
    <ul className="chart-legend">
      {series.map(({ measure, simulated }, index) => (
        <li key={measure}>
          <Key index={index} />
          <span>
            {t(`measures.${measure}`)}
            {simulated && <strong> ({t("chart.simulated")})</strong>}
          </span>
        </li>
      ))}
      {thresholds.map((threshold) => (
        <Limit key={`${threshold.measure}-${threshold.level}-${threshold.low}-${threshold.high}`} of={threshold} />
      ))}
    </ul>
  );
}

function Key({ index }: { index: number }) {
  return (
    <svg className={`chart-key chart-key-${(index % 4) + 1}`} viewBox="0 0 24 12" aria-hidden="true">
      <line x1="0" y1="6" x2="24" y2="6" strokeDasharray={dashOf(index).join(" ") || undefined} />
    </svg>
  );
}

function Limit({ of: { measure, low, high, level } }: { of: Threshold }) {
  const t = useT();
  const format = useMeasureFormat();
  const words = [
    low === undefined ? undefined : t("chart.threshold.low", { value: format(measure, low) }),
    high === undefined ? undefined : t("chart.threshold.high", { value: format(measure, high) }),
  ].filter((word) => word !== undefined);
  return (
    <li>
      <State level={level}>{t("chart.threshold", { what: words.join(", ") })}</State>
    </li>
  );
}
