import { useMemo } from "react";
import { useT } from "../../../i18n";
import { StorageState } from "../../../session/StorageState";
import { useSession } from "../../../session/useSession";
import { Card, Facts } from "../../../ui/Card";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Page } from "../../../ui/Page";
import { Loading } from "../../../ui/Progress";
import { Notice, State } from "../../../ui/State";
import { usePatient } from "../lib/patient";
import { useAgentState } from "./agent";
import { BackupCard } from "./BackupCard";
import { type KeptKeys, keptKeys } from "./kept";
import { MakeKeys } from "./MakeKeys";
import { RecipientNotice } from "./RecipientNotice";
import { RestoreCard } from "./RestoreCard";
import { TendCard } from "./TendCard";

/** The keys to everything that was measured: whether this browser has them, copies of them, and keeping packages current. */
export function KeysPage() {
  const t = useT();
  const { patient } = usePatient();
  const state = useAgentState();
  return (
    <Page title={t("patient.keys.title")} lead={t("patient.keys.lead")}>
      {state.status === "opening" && <Loading label={t("patient.keys.opening")} />}
      {state.status === "failed" && <ErrorNotice error={state.error} title={t("patient.keys.failed")} />}
      {state.status === "missing" && (
        <>
          <Notice level="warning" title={t("patient.keys.missing")}>
            <p>{t("patient.keys.missing.text")}</p>
          </Notice>
          <MakeKeys patient={patient} />
        </>
      )}
      {state.status === "ready" && (
        <>
          <Held />
          <BackupCard />
          <TendCard />
        </>
      )}
      <RestoreCard />
    </Page>
  );
}

/** That the keys which this browser keeps are those the chain knows of. */
function Held() {
  const t = useT();
  const { info } = usePatient();
  const { secrets, demo } = useSession();
  const kept = useMemo(() => attempted(() => keptKeys(secrets, info.data)), [secrets, info.data]);
  const error = "error" in kept ? kept.error : kept.unfit;
  return (
    <Card
      title={t("patient.keys.held")}
      aside={error === undefined && <State level="good">{t("patient.keys.fit")}</State>}
    >
      {error !== undefined && <ErrorNotice error={error} title={t("patient.keys.unfit")} />}
      {"recipient" in kept && (
        <>
          {error === undefined && <RecipientNotice recipient={kept.recipient} />}
          <Facts
            of={[
              { name: t("patient.keys.generation"), value: String(kept.latest) },
              { name: t("patient.keys.generations"), value: kept.generations },
              { name: t("patient.keys.recipient"), value: <code className="wrap">{kept.recipient}</code> },
            ]}
          />
        </>
      )}
      <p className="muted">{t("patient.keys.where")}</p>
      {!demo && <StorageState />}
    </Card>
  );
}

function attempted(read: () => KeptKeys): KeptKeys | { error: unknown } {
  try {
    return read();
  } catch (error) {
    return { error };
  }
}
