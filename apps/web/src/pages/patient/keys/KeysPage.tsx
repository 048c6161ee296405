import { useT } from "../../../i18n";
import { Card, Facts } from "../../../ui/Card";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Page } from "../../../ui/Page";
import { Loading } from "../../../ui/Progress";
import { Notice, State } from "../../../ui/State";
import { usePatient } from "../lib/patient";
import { useAgentState } from "./agent";
import { BackupCard } from "./BackupCard";
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

/** That these are the keys the chain knows of. */
function Held() {
  const t = useT();
  const { info } = usePatient();
  const state = useAgentState();
  if (state.status !== "ready") return null;
  const { keyring } = state.agent;
  const error = info.data && checked(() => keyring.check(info.data as object));
  return (
    <Card title={t("patient.keys.held")} aside={!error && <State level="good">{t("patient.keys.fit")}</State>}>
      {error !== undefined && <ErrorNotice error={error} title={t("patient.keys.unfit")} />}
      {!error && <RecipientNotice recipient={keyring.recipient} />}
      <Facts
        of={[
          { name: t("patient.keys.generation"), value: String(keyring.latest) },
          { name: t("patient.keys.generations"), value: keyring.generations().length },
          { name: t("patient.keys.recipient"), value: <code className="wrap">{keyring.recipient}</code> },
        ]}
      />
      <p className="muted">{t("patient.keys.where")}</p>
    </Card>
  );
}

function checked(check: () => void): unknown {
  try {
    check();
    return undefined;
  } catch (error) {
    return error;
  }
}
