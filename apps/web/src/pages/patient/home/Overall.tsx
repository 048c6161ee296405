import { useT } from "../../../i18n";
import { Notice } from "../../../ui/State";
import type { Threshold } from "../../care/plan";
import { worst } from "./condition";
import { isCountedMeasure, measured, vitals } from "./judge";
import type { CurrentReadings } from "./use-condition";

/** One sentence about everything. */
export function Overall({ of, thresholds }: { of: CurrentReadings; thresholds: readonly Threshold[] }) {
  const t = useT();
  const known = measured(vitals(of, thresholds)).filter(({ measure }) => !isCountedMeasure(measure));
  const stale = of.readings.stale;
  if (of.readings.progress && known.length === 0) return null;
  const unopened = of.readings.failures.length > 0 || of.readings.error !== undefined;
  // why is told beside it; that nothing was measured would be wrong
  if (known.length === 0 && unopened) return null;
  if (known.length === 0) {
    return (
      <Notice level="unknown" title={t("patient.overall.none")}>
        <p>{t("patient.overall.none.text")}</p>
      </Notice>
    );
  }
  const current = known.filter(({ condition }) => condition.word !== "old");
  if (current.length === 0 || stale) {
    return (
      <Notice level="unknown" title={t(stale ? "patient.overall.stale" : "patient.overall.old")}>
        <p>{t("patient.overall.old.text")}</p>
      </Notice>
    );
  }
  const level = worst(current.map(({ condition }) => condition.level)) ?? "unknown";
  const odd = current.filter(({ condition }) => ["watch", "warning", "danger"].includes(condition.level)).length;
  if (odd === 0 && unopened) {
    return (
      <Notice level="unknown" title={t("patient.overall.unopened")}>
        <p>{t("patient.overall.unopened.text")}</p>
      </Notice>
    );
  }
  const title =
    odd === 0
      ? t("patient.overall.good", { count: current.length })
      : t("patient.overall.odd", { odd, count: current.length });
  return (
    <Notice level={odd === 0 ? "good" : level} title={title}>
      {level === "danger" && <p>{t("patient.overall.danger")}</p>}
      {current.length < known.length && (
        <p>{t("patient.overall.some_old", { count: known.length - current.length })}</p>
      )}
    </Notice>
  );
}
