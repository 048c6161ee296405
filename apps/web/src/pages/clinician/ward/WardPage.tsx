import { UserPlus } from "lucide-react";
import { useCallback, useState } from "react";
import { useT } from "../../../i18n";
import { ButtonLink } from "../../../ui/Button";
import { Empty } from "../../../ui/Card";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { Progress } from "../../../ui/Progress";
import { useNow } from "../../../ui/When";
import { AddPatient } from "../../care/AddPatient";
import { useFollowed } from "../../care/followed";
import { BedProbe, type BedReport } from "./BedProbe";
import { sorted } from "./urgency";
import { WardTable } from "./WardTable";

/** Everybody on the list, who is to be looked at first on top. */
export function WardPage() {
  const t = useT();
  const { patients, found } = useFollowed();
  const now = useNow(5000) / 1000;
  const [reports, setReports] = useState<ReadonlyMap<string, BedReport>>(new Map());
  const report = useCallback((one: BedReport) => setReports((before) => new Map(before).set(one.patient, one)), []);
  const beds = patients.map((patient) => reports.get(patient) ?? { ...EMPTY, patient });
  const working = beds.filter(({ working: works }) => works);
  const request = (
    <ButtonLink to="/clinician/access" icon={UserPlus} kind="primary">
      {t("clinician.access.title")}
    </ButtonLink>
  );
  return (
    <Page title={t("clinician.home.title")} lead={t("clinician.home.lead")} actions={request}>
      {patients.map((patient) => (
        <BedProbe key={patient} patient={patient} onReport={report} />
      ))}
      {working.length > 0 && (
        <Progress
          label={t("clinician.ward.working")}
          done={beds.length - working.length}
          total={beds.length}
          onCancel={() => working.forEach((bed) => void bed.cancel())}
        />
      )}
      {patients.length > 0 && <WardTable beds={sorted(beds, now)} />}
      {patients.length === 0 && (
        <Loaded of={found}>
          {() => (
            <Empty title={t("clinician.ward.empty")} actions={request}>
              {t("clinician.ward.empty.todo")}
            </Empty>
          )}
        </Loaded>
      )}
      <p className="muted">{t("clinician.ward.rule")}</p>
      <AddPatient />
    </Page>
  );
}

const EMPTY: Omit<BedReport, "patient"> = {
  alerts: undefined,
  assessment: undefined,
  working: true,
  error: undefined,
  unread: "loading",
  stale: false,
  simulated: false,
  failures: 0,
  cancel: () => undefined,
};
