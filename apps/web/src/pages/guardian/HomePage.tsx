import { useT } from "../../i18n";
import { useSession } from "../../session/useSession";
import { Cards, Empty } from "../../ui/Card";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { Notice } from "../../ui/State";
import { useNow } from "../../ui/When";
import { AddPatient } from "../care/AddPatient";
import { useFollowed } from "../care/followed";
import { DutyList } from "./DutyList";
import { duties, type InCare } from "./in-care";
import { PatientCard } from "./PatientCard";
import { useAllInCare } from "./useInCare";

/** Everything that waits, over all patients, then the patients. */
export function HomePage() {
  const t = useT();
  const { patients, found } = useFollowed();
  const all = useAllInCare(patients);
  return (
    <Page title={t("guardian.home.title")} lead={t("guardian.home.lead")}>
      {patients.length > 0 && (
        <Loaded of={all} failed={t("guardian.home.failed")}>
          {(inCare) => <InCareOf all={inCare} stale={all.stale} />}
        </Loaded>
      )}
      {patients.length === 0 && (
        <Loaded of={found}>
          {() => <Empty title={t("guardian.home.empty")}>{t("guardian.home.empty.todo")}</Empty>}
        </Loaded>
      )}
      <AddPatient />
    </Page>
  );
}

function InCareOf({ all, stale }: { all: readonly InCare[]; stale: boolean }) {
  const t = useT();
  const { address } = useSession();
  const now = useNow(5000) / 1000;
  const waits = all.map((inCare) => ({ inCare, duties: duties(inCare, address, now) }));
  const nothing = waits.every((one) => one.duties.length === 0);
  return (
    <>
      <section aria-labelledby="guardian-waits">
        <h2 id="guardian-waits">{t("guardian.waits.title")}</h2>
        {nothing && !stale && <Notice level="good" title={t("guardian.waits.nothing")} />}
        {waits.map((one) => (
          <DutyList key={one.inCare.patient.patient} of={one.inCare} duties={one.duties} named />
        ))}
      </section>
      <section aria-labelledby="guardian-patients">
        <h2 id="guardian-patients">{t("guardian.patients.title")}</h2>
        <Cards>
          {all.map((inCare) => (
            <PatientCard key={inCare.patient.patient} of={inCare} />
          ))}
        </Cards>
      </section>
    </>
  );
}
