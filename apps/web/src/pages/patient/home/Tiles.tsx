import { completenessOf } from "../../../data/completeness";
import { startOf } from "../../../data/time-zone";
import { useT } from "../../../i18n";
import { useSettings } from "../../../shell/settings";
import { useMeasureFormat } from "../../../ui/Measure";
import { VitalTile } from "../../../ui/VitalTile";
import { sumSince } from "./condition";
import { isCountedMeasure, measured, type ToJudge, type Vital } from "./judge";

/** Shown where nothing was measured, so that it is seen what would be. */
const USUAL = 5;

/** Each vital with its number, its state in words, and its age. That one was not measured is said of what was read whole. */
export function Tiles({ vitals, of }: { vitals: readonly Vital[]; of: ToJudge }) {
  const t = useT();
  const list = useMeasureNames();
  const known = measured(vitals);
  const missing = vitals.filter(({ latest }) => latest === undefined);
  const isWhole = ({ measure }: Vital) => completenessOf(of.readings, [measure]) === "whole";
  const absent = missing.filter(isWhole);
  const unread = missing.filter((vital) => !isWhole(vital));
  // before anything is known the page says why
  if (known.length === 0 && unread.length > 0) return null;
  const shown = known.length > 0 ? known : absent.slice(0, USUAL);
  return (
    <section className="stack" aria-label={t("patient.home.vitals")}>
      <div className="tiles">
        {shown.map((vital) => (
          <Tile key={vital.measure} vital={vital} of={of} />
        ))}
      </div>
      {absent.length > 0 && known.length > 0 && (
        <p className="muted">{t("patient.home.unmeasured", { measures: list(absent) })}</p>
      )}
      {unread.length > 0 && <p className="muted">{t("patient.home.not_read", { measures: list(unread) })}</p>}
    </section>
  );
}

function useMeasureNames(): (of: readonly Vital[]) => string {
  const t = useT();
  const name = ({ measure }: Vital) =>
    measure === "systolic_pressure" ? t("measures.blood_pressure") : t(`measures.${measure}`);
  return (of) => of.map(name).join(", ");
}

function Tile({ vital, of }: { vital: Vital; of: ToJudge }) {
  const t = useT();
  const { zone } = useSettings();
  const format = useMeasureFormat();
  const { measure, condition, latest, second } = vital;
  const limit = condition.limit ? format(condition.limit.measure, condition.limit.value) : "";
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
