import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Notice } from "../../../ui/State";
import type { PlanInForce } from "./use-plan";

/** That the plan's limits do not count here, and what opens it; nothing where there is no plan, or it is open. */
export function PlanNotice({ of }: { of: PlanInForce }) {
  const t = useT();
  if (of.state === "failed") {
    return <ErrorNotice error={of.error} title={t("patient.plan.failed")} onRetry={of.open} />;
  }
  if (of.state !== "unopened") return null;
  return (
    <Notice
      level="unknown"
      title={t("patient.plan.unopened")}
      actions={<Button onClick={of.open}>{t("patient.medication.open")}</Button>}
    >
      <p>{t("patient.plan.unopened.text")}</p>
    </Notice>
  );
}
