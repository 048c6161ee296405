import { useT } from "../../../i18n";
import { type Level, State } from "../../../ui/State";
import type { Assessment } from "../../../worker/care";
import { type Standing, standing } from "../ward/urgency";

const LEVELS: Record<Standing, Level> = {
  high: "danger",
  medium: "warning",
  low_medium: "warning",
  unknown: "unknown",
  low_so_far: "note",
  low: "good",
};

/** The score and the risk in words; "at least" wherever something is missing. */
export function News2State({ of }: { of: Assessment }) {
  const t = useT();
  const stand = standing(of);
  const { score, atLeast, missing } = of.now;
  const written =
    score === null ? t("clinician.news2.at_least", { score: atLeast }) : t("clinician.news2.score", { score });
  return (
    <State level={LEVELS[stand]}>
      {written} · {t(`clinician.news2.risk.${stand}`)}
      {missing.length > 0 && ` · ${t("clinician.news2.missing", { count: missing.length })}`}
    </State>
  );
}
