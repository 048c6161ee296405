import type { PlanInfo } from "@cw-vitals/client/care";
import { FileText } from "lucide-react";
import { useState } from "react";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Loading } from "../../ui/Progress";
import type { Capacity } from "./ground";
import { PlanView } from "./PlanView";
import { usePlan } from "./usePlan";

interface PlanReaderProps {
  patient: string;
  plan: PlanInfo;
  capacity: Capacity;
  /** Opens at once, without a button. */
  open?: boolean;
}

/** Fetches a plan from a vault and decrypts it when it is wanted: that leaves a receipt, so it is not done unasked. */
export function PlanReader({ patient, plan, capacity, open }: PlanReaderProps) {
  const t = useT();
  const [wanted, setWanted] = useState(open ?? false);
  const { data, error, refetch } = usePlan(patient, plan, capacity, wanted);
  if (!wanted) {
    return (
      <Button icon={FileText} onClick={() => setWanted(true)}>
        {t("care.plan.read")}
      </Button>
    );
  }
  if (error) return <ErrorNotice error={error} title={t("care.plan.unread")} onRetry={() => void refetch()} />;
  return data ? <PlanView of={data} /> : <Loading label={t("care.plan.reading")} />;
}
