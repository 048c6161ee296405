import { useIntl } from "react-intl";
import { MEASURE, type Measure } from "../data/measures";
import { displayUnit } from "../data/units";
import { useT } from "../i18n";
import { useSettings } from "../shell/settings";

/** A function that writes a value of a measure in the person's unit and locale: `72 /min`. */
export function useMeasureFormat() {
  const intl = useIntl();
  const { units } = useSettings();
  return (measure: Measure, value: number, withUnit = true): string => {
    const unit = displayUnit(measure, units);
    const { digits } = unit;
    const number = intl.formatNumber(unit.show(value), {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    return withUnit && unit.label ? `${number} ${unit.label}` : number;
  };
}

export function MeasureName({ of }: { of: Measure }) {
  const t = useT();
  return <>{t(`measures.${of}`)}</>;
}

/** "72 /min" in the person's unit. */
export function Reading({ measure, value }: { measure: Measure; value: number }) {
  const format = useMeasureFormat();
  return <span className="reading">{format(measure, value)}</span>;
}

/** The measures that one tile or chart shows together. */
export function partnerOf(measure: Measure): Measure | undefined {
  return measure === "systolic_pressure" ? "diastolic_pressure" : undefined;
}

export const isCounted = (measure: Measure) => MEASURE[measure].counted;
