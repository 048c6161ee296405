import { startOf } from "../../../data/time-zone";
import { useT } from "../../../i18n";
import { useSettings } from "../../../shell/settings";
import { useMeasureFormat } from "../../../ui/Measure";
import { VitalTile } from "../../../ui/VitalTile";
import type { Threshold } from "../../care/plan";
import { sumSince } from "./condition";
import { isCountedMeasure, measured, type Vital, vitals } from "./judge";
import type { CurrentReadings } from "./use-condition";

/** Each vital with its number, its state in words, and its age. */
export function Tiles({ of, thresholds }: { of: CurrentReadings; thresholds: readonly Threshold[] }) {
  const t = useT();
  const all = vitals(of, thresholds);
  const known = measured(all);
  // what could not be opened was measured: nothing is said of it here
  if (known.length === 0 && (of.readings.failures.length > 0 || of.readings.error !== undefined)) return null;
  // before anything was opened there is nothing to show, and nothing to leave out
  const shown = known.length > 0 ? known : all.slice(0, 5);
  const missing = all.filter((vital) => !shown.includes(vital));
  return (
    <section className="stack" aria-label={t("patient.home.vitals")}>
      <div className="tiles">
        {shown.map((vital) => (
          <Tile key={vital.measure} vital={vital} of={of} />
        ))}
      </div>
      {missing.length > 0 && known.length > 0 && (
        <p className="muted">
          {t("patient.home.unmeasured", {
            measures: missing
              .map(({ measure }) =>
                measure === "systolic_pressure" ? t("measures.blood_pressure") : t(`measures.${measure}`),
              )
              .join(", "),
          })}
        </p>
      )}
    </section>
  );
}

function Tile({ vital, of }: { vital: Vital; of: CurrentReadings }) {
  const t = useT();
  const { zone } = useSettings();
  const format = useMeasureFormat();
  const { measure, condition, latest, second } = vital;
  const limit = condition.limit === undefined ? "" : format(measure, condition.limit);
  const old = condition.word === "old" || of.readings.stale;
  const today = startOf(of.now, "day", zone);
  const counted = isCountedMeasure(measure);
  const shown =
    latest &&
    (counted
      ? {
          ...latest,
          value: sumSince(
            of.readings.series.find((one) => one.measure === measure),
            today,
          ),
        }
      : latest);
  const state = of.readings.stale
    ? ({ level: "unknown", word: t("patient.word.old") } as const)
    : { level: condition.level, word: t(`patient.word.${condition.word}`, { limit }) };
  return (
    <VitalTile
      measure={measure}
      state={state}
      stale={old}
      to={`/patient/measures/${measure}`}
      {...(shown && { latest: { ...shown, ...(second !== undefined && { second }) } })}
    />
  );
}
