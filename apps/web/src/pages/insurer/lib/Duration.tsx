import { useId } from "react";
import { useIntl } from "react-intl";
import { useT } from "../../../i18n";
import { type DurationUnit, durationOf, UNITS } from "./duration";

/** Writes lengths of time: `14 days`. */
export function useDurationText(): (seconds: number) => string {
  const intl = useIntl();
  return (seconds) => {
    const { count, unit } = durationOf(seconds);
    return intl.formatNumber(count, { style: "unit", unit, unitDisplay: "long" });
  };
}

export interface DurationTyped {
  count: string;
  unit: DurationUnit;
}

interface DurationFieldProps {
  label: string;
  error?: string | undefined;
  value: DurationTyped;
  onChange(value: DurationTyped): void;
}

/** A count and, beside it, its unit, under one label. */
export function DurationField({ label, error, value, onChange }: DurationFieldProps) {
  const t = useT();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <div className="field-row">
        <input
          id={id}
          className="input insurer-count"
          inputMode="numeric"
          autoComplete="off"
          aria-describedby={error && `${id}-error`}
          aria-invalid={error ? true : undefined}
          value={value.count}
          onChange={(event) => onChange({ ...value, count: event.target.value })}
        />
        <select
          className="input"
          aria-label={t("insurer.unit.of", { label })}
          value={value.unit}
          onChange={(event) => onChange({ ...value, unit: event.target.value as DurationUnit })}
        >
          {UNITS.map((unit) => (
            <option key={unit} value={unit}>
              {t(`insurer.unit.${unit}`)}
            </option>
          ))}
        </select>
      </div>
      {error && (
        <div id={`${id}-error`} className="field-error" role="alert">
          {error}
        </div>
      )}
    </div>
  );
}
