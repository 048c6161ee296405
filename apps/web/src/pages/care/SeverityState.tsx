import { useT } from "../../i18n";
import { type Level, State } from "../../ui/State";
import type { Severity } from "./plan";

const LEVELS: Record<Severity, Level> = { notice: "watch", urgent: "warning", emergency: "danger" };

export function SeverityState({ of }: { of: Severity }) {
  const t = useT();
  return <State level={LEVELS[of]}>{t(`care.severity.${of}`)}</State>;
}
