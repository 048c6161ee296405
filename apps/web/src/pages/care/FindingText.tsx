import { useIntl } from "react-intl";
import { useT } from "../../i18n";
import { useMeasureFormat } from "../../ui/Measure";
import type { Finding } from "../../worker/care";
import { useDuration } from "./duration";

/** Why something was found, in the person's language: what was seen, over how long, compared with what. */
export function FindingText({ of }: { of: Finding }) {
  const t = useT();
  const intl = useIntl();
  const duration = useDuration();
  const format = useMeasureFormat();
  const { explanation: why, measure } = of;
  const name = t(`measures.${measure}`);
  const amount = (value: number) => format(measure, value);
  const difference = (value: number) => intl.formatNumber(Math.abs(value), { maximumFractionDigits: 2 });
  if (!why) return <p>{t("care.finding.none", { measure: name })}</p>;
  switch (why.key) {
    case "threshold":
      return (
        <p>
          {t(of.kind === "high" ? "care.finding.high" : "care.finding.low", {
            measure: name,
            value: amount(why.value),
            limit: amount(why.limit),
            count: why.readings,
            time: duration(why.forMs / 1000),
          })}
        </p>
      );
    case "sustained_deviation":
      return (
        <p>
          {t(why.value > why.usual ? "care.finding.above_usual" : "care.finding.below_usual", {
            measure: name,
            value: amount(why.value),
            usual: amount(why.usual),
            time: duration(why.forMs / 1000),
            days: why.days,
          })}{" "}
          {why.byHour ? t("care.finding.by_hour") : t("care.finding.all_day")}
        </p>
      );
    case "trend":
      return (
        <p>
          {t(why.week > 0 ? "care.finding.rising" : "care.finding.falling", {
            measure: name,
            week: difference(why.week),
            low: difference(Math.min(Math.abs(why.low), Math.abs(why.high))),
            high: difference(Math.max(Math.abs(why.low), Math.abs(why.high))),
            days: why.days,
          })}
        </p>
      );
    case "change_point":
      return (
        <p>
          {t(why.rose ? "care.finding.began_higher" : "care.finding.began_lower", {
            measure: name,
            value: amount(why.value),
            usual: amount(why.usual),
            days: why.days,
          })}
        </p>
      );
    case "news2":
      return (
        <p>
          {t("care.finding.news2", {
            score: why.atLeast,
            observed: 7 - Math.min(7, why.missing.length),
            scored: intl.formatList(why.scored.map((parameter) => t(`care.parameter.${parameter}`))),
            count: why.scored.length,
          })}
        </p>
      );
    case "adherence":
      return (
        <p>{t("care.finding.adherence", { missed: why.missed, due: why.due, extra: why.extra, days: why.days })}</p>
      );
    case "signal":
      return (
        <p>
          {t("care.finding.signal", {
            measure: name,
            unusable: why.unusable,
            readings: why.readings,
            time: duration(why.forMs / 1000),
          })}
        </p>
      );
  }
}
