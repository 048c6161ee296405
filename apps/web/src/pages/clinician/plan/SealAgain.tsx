import type { PlanInfo } from "@cw-vitals/client/care";
import { useT } from "../../../i18n";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Loading } from "../../../ui/Progress";
import { usePlan } from "../../care/usePlan";
import { SignPlan } from "./SignPlan";

interface SealAgainProps {
  patient: string;
  plan: PlanInfo;
  /** The newest version there is. */
  replaces: number;
  onClose(): void;
}

/** A plan word for word as the next version, encrypted for who may read it by now. */
export function SealAgain({ patient, plan, replaces, onClose }: SealAgainProps) {
  const t = useT();
  const { data, error, refetch } = usePlan(patient, plan, "clinician");
  if (error) return <ErrorNotice error={error} title={t("clinician.plan.unread")} onRetry={() => void refetch()} />;
  if (!data) return <Loading label={t("care.plan.reading")} />;
  const { categories } = plan;
  return <SignPlan {...{ patient, replaces, categories, onClose }} plan={data} onDone={onClose} />;
}
