import { useIntl } from "react-intl";
import type { Measure } from "../../data/measures";
import { displayUnit } from "../../data/units";
import { useT } from "../../i18n";
import { useSettings } from "../../shell/settings";
import { useMeasureFormat } from "../Measure";
import type { Line, Point } from "./model";
import type { View } from "./types";

/** The point under the cursor in words: a reading and its time, or what an hour or a day comes to. */
export function Readout({ point, view }: { point: Point | undefined; view: View }) {
  const t = useT();
  const when = useWhen(view);
  const words = useWords();
  return (
    <p className="chart-readout" aria-live="polite">
      {point && t("chart.readout", { at: when(point), values: words(point) })}
    </p>
  );
}

function useWhen(view: View) {
  const intl = useIntl();
  return ({ at, period }: Point): string => {
    if (!period) return intl.formatDate(at, { dateStyle: "medium", timeStyle: "medium" });
    if (view === "day" && period.whole) return intl.formatDate(period.from, { dateStyle: "full" });
    return intl.formatDateTimeRange(period.from, period.to, { dateStyle: "medium", timeStyle: "short" });
  };
}

function useWords() {
  const t = useT();
  const { units } = useSettings();
  const format = useMeasureFormat();
  // what is drawn is already in the unit shown, and the format converts
  const written = ({ measure }: Line, value: number) => format(measure, displayUnit(measure, units).read(value));
  return ({ lines, period }: Point): string => {
    if (!period) return lines.map(({ line, value }) => `${name(line)} ${written(line, value)}`).join(", ");
    const measures = [...new Set(lines.map(({ line }) => line.measure))];
    return measures.map(summed).join("; ");

    function summed(measure: Measure): string {
      const of = (kind: Line["kind"]) => {
        const found = lines.find(({ line }) => line.measure === measure && line.kind === kind);
        return found && written(found.line, found.value);
      };
      const sum = of("bars");
      if (sum !== undefined) return t("chart.readout.sum", { name: t(`measures.${measure}`), sum });
      const values = { low: of("low"), median: of("line"), high: of("high") };
      return t("chart.readout.summed", { name: t(`measures.${measure}`), ...values });
    }
  };

  function name({ measure }: Line): string {
    return t(`measures.${measure}`);
  }
}
