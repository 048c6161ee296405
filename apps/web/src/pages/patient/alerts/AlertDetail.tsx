import type * as care from "@cw-vitals/client/care";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useVitals } from "../../../data/live";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Loading } from "../../../ui/Progress";
import { ConditionText } from "../../care/ConditionText";
import { untilThere } from "../../care/detail-late";
import { PatientFinding } from "../home/PatientFinding";
import { useOpener } from "../keys/agent";

/** What an alert is about. Fetched at once for what is unresolved, else when it is wanted: each fetching leaves a receipt. */
export function AlertDetail({ alert }: { alert: care.AlertInfo }) {
  const t = useT();
  const { address, wallet } = useSession();
  const vitals = useVitals();
  const opener = useOpener();
  const [wanted, setWanted] = useState(alert.state !== "resolved" && wallet === "local");
  const { data, error, refetch } = useQuery({
    // what an alert says never changes
    queryKey: [address, "patient.alert", alert.alert],
    meta: { contracts: [] },
    staleTime: Number.POSITIVE_INFINITY,
    ...untilThere,
    enabled: wanted && vitals !== undefined && opener !== undefined,
    queryFn: async () => {
      if (!vitals || !opener) throw new Error("asked before it was ready");
      const { readAlert } = await import("@cw-vitals/client/alerts");
      const { finding, detail } = await readAlert(vitals, opener.vaults, opener.identity, {
        patient: alert.patient,
        alert: alert.alert,
        ground: { patient: {} },
      });
      return { finding, detail };
    },
  });
  if (!alert.digest) return null;
  if (!wanted) return <Button onClick={() => setWanted(true)}>{t("patient.alert.open")}</Button>;
  if (error) return <ErrorNotice error={error} title={t("patient.alert.unopened")} onRetry={() => void refetch()} />;
  if (!opener) return <p className="muted">{t("patient.alert.no_keys")}</p>;
  if (!data) return <Loading label={t("patient.alert.opening")} />;
  return data.finding ? <PatientFinding of={data.finding} /> : <ConditionText of={data.detail} />;
}
