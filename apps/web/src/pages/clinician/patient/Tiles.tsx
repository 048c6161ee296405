import type { Latest } from "../../../data/latest";
import { MEASURE, type Measure } from "../../../data/measures";
import { useT } from "../../../i18n";
import type { Level } from "../../../ui/State";
import { VitalTile } from "../../../ui/VitalTile";
import { useNow } from "../../../ui/When";
import { HOUR_MS } from "../../care/access";
import type { Plan } from "../../care/plan";
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
  old: "unknown",
  none: "unknown",
};

/** The latest number of each measure that may be read. */
export function Tiles({ patient, of }: { patient: string; of: Monitored }) {
  const t = useT();
  const now = useNow(15_000);
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
  // what could not be opened was measured: nothing is said of it here
  if (!latest && readings && (readings.failures.length > 0 || readings.error !== undefined)) return null;
  const second = measure === "systolic_pressure" ? latestOf(readings?.series ?? [], "diastolic_pressure") : undefined;
  const plan: Plan | undefined = of.plan;
  const state = tileState(measure, latest, plan?.thresholds ?? [], now);
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
