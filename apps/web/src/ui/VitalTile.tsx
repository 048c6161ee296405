import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Measure } from "../data/measures";
import { displayUnit } from "../data/units";
import { useT } from "../i18n";
import { useSettings } from "../shell/settings";
import { useMeasureFormat } from "./Measure";
import { type Level, State } from "./State";
import { Ago } from "./When";

interface VitalTileProps {
  measure: Measure;
  /** In the unit of the reading. Absent: nothing was measured, and the tile says so. */
  latest?: { value: number; second?: number; atMs: number; simulated: boolean };
  /** A word for how it stands, with its level. */
  state: { level: Level; word: string };
  /** The value is old or may be: never shown as current. */
  stale?: boolean;
  to?: string;
  children?: ReactNode;
}

/** One vital sign at a glance: name, number, unit, state in words, age. Blood pressure gives `second`. */
export function VitalTile({ measure, latest, state, stale, to, children }: VitalTileProps) {
  const t = useT();
  const name = measure === "systolic_pressure" ? t("measures.blood_pressure") : t(`measures.${measure}`);
  return (
    <article className={`tile tile-${state.level}`}>
      <h2>{to ? <Link to={to}>{name}</Link> : name}</h2>
      <State level={state.level}>{state.word}</State>
      {latest ? (
        <Latest measure={measure} latest={latest} stale={stale ?? false} />
      ) : (
        <p className="muted">{t("ui.tile.none")}</p>
      )}
      {children}
    </article>
  );
}

function Latest(props: { measure: Measure; latest: NonNullable<VitalTileProps["latest"]>; stale: boolean }) {
  const { measure, latest, stale } = props;
  const t = useT();
  const format = useMeasureFormat();
  const { label } = displayUnit(measure, useSettings().units);
  const first = format(measure, latest.value, false);
  const text = latest.second === undefined ? first : `${first}/${format("diastolic_pressure", latest.second, false)}`;
  return (
    <>
      <p className={stale ? "tile-number tile-old" : "tile-number"}>
        {text} {label && <span className="tile-unit">{label}</span>}
      </p>
      <p className="muted">
        {stale && <strong>{t("ui.tile.old")} </strong>}
        <Ago ms={latest.atMs} />
        {latest.simulated && <> · {t("ui.simulated")}</>}
      </p>
    </>
  );
}
