import { useClockEach } from "../../../data/clock";
import { completenessOf, newerUnopened } from "../../../data/completeness";
import type { Latest } from "../../../data/latest";
import { MEASURE, type Measure } from "../../../data/measures";
import { useT } from "../../../i18n";
import type { Level } from "../../../ui/State";
import { VitalTile } from "../../../ui/VitalTile";
import { HOUR_MS } from "../../care/access";
import { latestOf, type TileState, tileState } from "./latest";
import type { Monitored } from "./useMonitored";

const SHOWN: readonly Measure[] = [
  "heart_rate",
  "oxygen_saturation",
  "respiratory_rate",
  "systolic_pressure",
  "body_temperature",
  "glucose",
];

const LEVELS: Record<TileState, Level> = {
  beyond: "warning",
  within: "good",
  unwatched: "note",
  newer: "unknown",
  limits_unknown: "unknown",
  old: "unknown",
  none: "unknown",
};

/** The latest number of each measure that may be read. */
export function Tiles({ patient, of }: { patient: string; of: Monitored }) {
  const t = useT();
  const now = useClockEach(15_000);
  const readable = SHOWN.filter((measure) => of.reads[MEASURE[measure].category]);
  if (readable.length === 0) return <p className="muted">{t("clinician.overview.none_readable")}</p>;
  return (
    <div className="tiles">
      {readable.map((measure) => (
        <Tile key={measure} patient={patient} measure={measure} of={of} now={now} />
      ))}
    </div>
  );
}

interface TileProps {
  patient: string;
  measure: Measure;
  of: Monitored;
  now: number;
}

function Tile({ patient, measure, of, now }: TileProps) {
  const t = useT();
  const readings = of.measured.by[MEASURE[measure].category];
  const latest = latestOf(readings?.series ?? [], measure);
  // that nothing was measured is said only of what was read whole
  if (!readings || (!latest && completenessOf(readings, [measure]) !== "whole")) return null;
  const second = measure === "systolic_pressure" ? latestOf(readings.series, "diastolic_pressure") : undefined;
  const judgeable = of.planState === "open" || of.planState === "none";
  const thresholds = judgeable ? (of.plan?.thresholds ?? []) : undefined;
  const newer = latest !== undefined && newerUnopened(readings, measure, latest.atMs);
  const judge = (one: Measure, of: Latest | undefined) =>
    tileState({ measure: one, latest: of, thresholds, newer, nowMs: now });
  // a limit may be of either number of a blood pressure
  const state = judge("diastolic_pressure", second) === "beyond" ? "beyond" : judge(measure, latest);
  const shown = latest && withPartner(latest, second);
  return (
    <VitalTile
      measure={measure}
      {...(shown ? { latest: shown } : {})}
      state={{ level: LEVELS[state], word: t(`clinician.tile.${state}`) }}
      stale={of.stale || (latest !== undefined && now - latest.atMs > HOUR_MS)}
      to={`/clinician/patients/${patient}?tab=charts`}
    />
  );
}

/** Pressures belong together only where they were measured together. */
function withPartner(latest: Latest, second: Latest | undefined) {
  return second && second.atMs === latest.atMs ? { ...latest, second: second.value } : latest;
}
