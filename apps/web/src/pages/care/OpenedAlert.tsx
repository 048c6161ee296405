import type { Vitals } from "@cw-vitals/client";
import type { AlertInfo } from "@cw-vitals/client/care";
import { useQuery } from "@tanstack/react-query";
import { FileSearch } from "lucide-react";
import { useState } from "react";
import { useVitals } from "../../data/live";
import { vaultsOf } from "../../data/vaults";
import { useT } from "../../i18n";
import { useSession } from "../../session/useSession";
import { Button } from "../../ui/Button";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Loading } from "../../ui/Progress";
import { ConditionText } from "./ConditionText";
import { untilThere } from "./detail-late";
import { FindingCard } from "./FindingCard";
import { type Capacity, groundToAnswer } from "./ground";
import { identityOf } from "./identity";

/**
 * What an alert is about, for whom the patient lets receive it. Fetched when it is wanted, since each fetching leaves a
 * receipt; asked for again when consent changes, so that it goes from the screen of whom it was taken from.
 */
export function OpenedAlert({ alert, capacity }: { alert: AlertInfo; capacity: Capacity }) {
  const t = useT();
  const { address, network, account, secrets } = useSession();
  const vitals = useVitals();
  const [wanted, setWanted] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: [address, "alert-detail", capacity, alert.alert],
    meta: { patient: alert.patient, contracts: ["consent"] },
    ...untilThere,
    enabled: wanted && vitals !== undefined,
    queryFn: async () => {
      const chain = vitals as Vitals;
      const identity = await identityOf(secrets);
      const ground = await groundToAnswer(chain, alert, capacity, address);
      const { readAlert } = await import("@cw-vitals/client/alerts");
      const asked = { patient: alert.patient, alert: alert.alert, ground };
      const { finding, detail } = await readAlert(chain, vaultsOf({ network, account }), identity, asked);
      return { finding, detail };
    },
  });
  if (!alert.digest) return null;
  if (!wanted) {
    return (
      <Button icon={FileSearch} onClick={() => setWanted(true)}>
        {t("care.alert.detail.open")}
      </Button>
    );
  }
  if (error)
    return <ErrorNotice error={error} title={t("care.alert.detail.unopened")} onRetry={() => void refetch()} />;
  if (!data) return <Loading label={t("care.alert.detail.opening")} />;
  if (!data.finding) return <ConditionText of={data.detail} />;
  return <FindingCard of={data.finding} id={`detail-${alert.alert}`} level="h4" />;
}
