import { UserPlus } from "lucide-react";
import { useCallback, useState } from "react";
import { useClockEach } from "../../../data/clock";
import { useT } from "../../../i18n";
import { Button, ButtonLink } from "../../../ui/Button";
import { Empty } from "../../../ui/Card";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { Loading, Progress } from "../../../ui/Progress";
import { AddPatient } from "../../care/AddPatient";
import { useFollowed } from "../../care/followed";
import { ListNotice } from "../../care/ListNotice";
import { BedProbe, type BedReport } from "./BedProbe";
import { sorted } from "./urgency";
import { WardTable } from "./WardTable";

/** Of those who are new so many are read at once: who floods the list costs no more. */
const NEW_AT_ONCE = 10;

/** Everybody on the list, who is to be looked at first on top; apart from them who is new. */
export function WardPage() {
  const t = useT();
  const { patients, fresh, known, found } = useFollowed();
  const [shown, setShown] = useState(NEW_AT_ONCE);
  const now = useClockEach(5000) / 1000;
  const [reports, setReports] = useState<ReadonlyMap<string, BedReport>>(new Map());
  const report = useCallback((one: BedReport) => setReports((before) => new Map(before).set(one.patient, one)), []);
  const bedOf = (patient: string) => reports.get(patient) ?? { ...EMPTY, patient };
  const looked = fresh.slice(0, shown);
  const beds = [...patients, ...looked].map(bedOf);
  const working = beds.filter(({ working: works }) => works);
  const request = (
    <ButtonLink to="/clinician/access" icon={UserPlus} kind="primary">
      {t("clinician.access.title")}
    </ButtonLink>
  );
  return (
    <Page title={t("clinician.home.title")} lead={t("clinician.home.lead")} actions={request}>
      {beds.map(({ patient }) => (
        <BedProbe key={patient} patient={patient} onReport={report} />
      ))}
      <ListNotice />
      {working.length > 0 && (
        <Progress
          label={t("clinician.ward.working")}
          done={beds.length - working.length}
          total={beds.length}
          onCancel={() => working.forEach((bed) => void bed.cancel())}
        />
      )}
      {patients.length > 0 && <WardTable beds={sorted(patients.map(bedOf), now)} />}
      {looked.length > 0 && (
        <section aria-labelledby="ward-new">
          <h2 id="ward-new">{t("clinician.ward.new")}</h2>
          <p className="muted">{t("clinician.ward.new.means")}</p>
          <WardTable beds={sorted(looked.map(bedOf), now)} fresh />
          {fresh.length > shown && (
            <Button onClick={() => setShown(shown + NEW_AT_ONCE)}>
              {t("care.more", { count: fresh.length - shown })}
            </Button>
          )}
        </section>
      )}
      {!known && <Loading />}
      {known && beds.length === 0 && (
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
  complete: "opening",
  plan: "loading",
  working: true,
  error: undefined,
  unread: "loading",
  stale: false,
  simulated: false,
  failures: 0,
  cancel: () => undefined,
};
