import type { EmergencyInfo } from "@cw-vitals/client/consent";
import { useParams } from "react-router";
import { useChain } from "../../../data/chain";
import { useClockEach } from "../../../data/clock";
import { useT } from "../../../i18n";
import { ButtonLink } from "../../../ui/Button";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { Progress } from "../../../ui/Progress";
import { Notice } from "../../../ui/State";
import { EmergencyCard, standOf } from "../../care/EmergencyCard";
import { usePatientName } from "../../care/PatientName";
import { TabSection } from "../../care/TabSection";
import { ChartsTab } from "../patient/ChartsTab";
import { News2Card } from "../patient/News2Card";
import { Tiles } from "../patient/Tiles";
import { EndEmergency } from "./EndEmergency";
import { useEmergencyRead } from "./useEmergencyRead";

/** Reading in an emergency, while it holds. */
export function RunningPage() {
  const { patient = "", emergency = "" } = useParams();
  const t = useT();
  const name = usePatientName();
  const info = useChain(["emergency", patient, emergency], ({ consent }) => consent.emergency({ patient, emergency }), {
    patient,
    contracts: ["consent"],
  });
  return (
    <Page title={t("clinician.emergency.of", { name: name(patient) })} lead={t("clinician.emergency.of.lead")}>
      <Loaded of={info}>{(of) => <Running patient={patient} info={of} />}</Loaded>
      <ButtonLink to="/clinician/emergency">{t("clinician.emergency.back")}</ButtonLink>
    </Page>
  );
}

function Running({ patient, info }: { patient: string; info: EmergencyInfo }) {
  const t = useT();
  const now = useClockEach(1000) / 1000;
  const running = standOf(info, now) === "running";
  return (
    <>
      <TabSection title={t("care.emergency.name", { emergency: info.emergency })}>
        <EmergencyCard of={info}>
          <div className="actions">
            {info.ended_at == null && <EndEmergency patient={patient} emergency={info.emergency} />}
          </div>
        </EmergencyCard>
      </TabSection>
      {running ? (
        <Reading patient={patient} info={info} />
      ) : (
        <Notice level="waiting" title={t("clinician.emergency.over")}>
          <p>{t("clinician.emergency.over.todo")}</p>
        </Notice>
      )}
    </>
  );
}

/** Gone from the screen with the emergency. */
function Reading({ patient, info }: { patient: string; info: EmergencyInfo }) {
  const t = useT();
  const monitored = useEmergencyRead(patient, info);
  const { measured } = monitored;
  const nothing = measured.errors.length > 0 && measured.columns.times.length === 0;
  return (
    <>
      {measured.progress && (
        <Progress
          label={t("clinician.emergency.gathering")}
          done={measured.progress.done}
          total={measured.progress.total}
          onCancel={measured.cancel}
        />
      )}
      {distinct(measured.errors).map((error) => (
        <ErrorNotice
          key={String(error)}
          error={error}
          title={t(nothing ? "clinician.emergency.unread" : "clinician.emergency.unread.rest")}
          onRetry={measured.retry}
        />
      ))}
      {measured.simulated && <Notice level="note" title={t("clinician.patient.simulated")} />}
      {!nothing && (
        <>
          <Tiles patient={patient} of={monitored} />
          <News2Card of={monitored} />
          <ChartsTab of={monitored} toldAbove />
        </>
      )}
    </>
  );
}

/** Said once, not for every category again. */
function distinct(errors: readonly unknown[]): unknown[] {
  return [...new Map(errors.map((error) => [String(error), error])).values()];
}
