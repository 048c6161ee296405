import type { Completeness } from "../../data/completeness";
import { useT } from "../../i18n";
import { type Level, State } from "../../ui/State";

type Lacking = Exclude<Completeness, "whole">;

const LEVELS: Record<Lacking, Level> = { opening: "waiting", partial: "unknown", unread: "unknown", stale: "unknown" };

/** Why nothing is counted or judged; what failed is told beside the readings, with what to do. */
export function NotWhole({ of }: { of: Lacking }) {
  const t = useT();
  return <State level={LEVELS[of]}>{t(`care.read.${of}`)}</State>;
}
