import { useT } from "../../../i18n";
import { type Level, Notice } from "../../../ui/State";
import type { Overall as Said } from "./summary";

type Told = Exclude<Said["kind"], "odd" | "good">;

const LEVELS: Record<Told, Level> = {
  none: "unknown",
  stale: "unknown",
  old: "unknown",
  unopened: "unknown",
  opening: "waiting",
  judging: "waiting",
  unjudged: "unknown",
  plan: "unknown",
  unlimited: "note",
};
const TEXTS = ["none", "stale", "old", "unopened"] as const;

/** One sentence about everything. */
export function Overall({ of }: { of: Said | undefined }) {
  const t = useT();
  if (!of) return null;
  if (of.kind === "odd" || of.kind === "good") return <Judged of={of} />;
  const { kind } = of;
  const text = TEXTS.find((one) => one === kind);
  return (
    <Notice level={LEVELS[kind]} title={t(`patient.overall.${kind}`)}>
      {text && <p>{t(`patient.overall.${text === "stale" ? "old" : text}.text`)}</p>}
    </Notice>
  );
}

function Judged({ of }: { of: Extract<Said, { kind: "odd" | "good" }> }) {
  const t = useT();
  const { old, unlimited } = of.rest;
  const level = of.kind === "odd" ? of.level : "good";
  const title =
    of.kind === "odd"
      ? t("patient.overall.odd", { odd: of.odd, count: of.count })
      : t("patient.overall.good", { count: of.count });
  return (
    <Notice level={level} title={title}>
      {level === "danger" && <p>{t("patient.overall.danger")}</p>}
      {of.kind === "odd" && of.partly && <p>{t("patient.overall.partly")}</p>}
      {unlimited > 0 && <p>{t("patient.overall.some_unlimited", { count: unlimited })}</p>}
      {old > 0 && <p>{t("patient.overall.some_old", { count: old })}</p>}
    </Notice>
  );
}
