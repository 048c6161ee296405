import { useState } from "react";
import { useClockEach } from "../../data/clock";
import { useT } from "../../i18n";
import { useSession } from "../../session/useSession";
import { Button } from "../../ui/Button";
import { Cards, Empty } from "../../ui/Card";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { Loading } from "../../ui/Progress";
import { Notice } from "../../ui/State";
import { AddPatient } from "../care/AddPatient";
import { useFollowed } from "../care/followed";
import { ListNotice } from "../care/ListNotice";
import { TakeOn } from "../care/TakeOn";
import { DutyList } from "./DutyList";
import { duties, type Looked } from "./in-care";
import { NotShown } from "./NotShown";
import { PatientCard } from "./PatientCard";
import { useAllInCare } from "./useInCare";

/** Of those who are new so many are looked up at once. */
const NEW_AT_ONCE = 10;

/** Everything that waits, over all patients, then the patients; apart from them who is new. */
export function HomePage() {
  const t = useT();
  const { patients, fresh, known, found } = useFollowed();
  const [shown, setShown] = useState(NEW_AT_ONCE);
  const looked = fresh.slice(0, shown);
  const asked = [...patients, ...looked];
  const all = useAllInCare(asked);
  return (
    <Page title={t("guardian.home.title")} lead={t("guardian.home.lead")}>
      <ListNotice />
      {asked.length > 0 && (
        <Loaded of={all} failed={t("guardian.home.failed")}>
          {(everybody) => (
            <>
              <Waiting all={everybody} fresh={looked} stale={all.stale} />
              {patients.length > 0 && <People all={everybody.filter(({ patient }) => patients.includes(patient))} />}
              <Fresh all={everybody.filter(({ patient }) => looked.includes(patient))} />
            </>
          )}
        </Loaded>
      )}
      {fresh.length > shown && (
        <Button onClick={() => setShown(shown + NEW_AT_ONCE)}>{t("care.more", { count: fresh.length - shown })}</Button>
      )}
      {!known && <Loading />}
      {known && asked.length === 0 && (
        <Loaded of={found}>
          {() => <Empty title={t("guardian.home.empty")}>{t("guardian.home.empty.todo")}</Empty>}
        </Loaded>
      )}
      <AddPatient />
    </Page>
  );
}

interface WaitingProps {
  all: readonly Looked[];
  fresh: readonly string[];
  stale: boolean;
}

/** What waits of those on the list. That nothing does is said only where everybody was looked up. */
function Waiting({ all, fresh, stale }: WaitingProps) {
  const t = useT();
  const waits = useDuties(all);
  const nothing = waits.length === all.length && waits.every((one) => one.duties.length === 0);
  const own = waits.filter(({ of }) => !fresh.includes(of.patient.patient));
  return (
    <section aria-labelledby="guardian-waits">
      <h2 id="guardian-waits">{t("guardian.waits.title")}</h2>
      {nothing && !stale && <Notice level="good" title={t("guardian.waits.nothing")} />}
      {own.map((one) => (
        <DutyList key={one.of.patient.patient} of={one.of} duties={one.duties} named />
      ))}
    </section>
  );
}

function useDuties(all: readonly Looked[]) {
  const { address } = useSession();
  const now = useClockEach(5000) / 1000;
  return all.flatMap((one) => ("of" in one ? [{ of: one.of, duties: duties(one.of, address, now) }] : []));
}

function People({ all }: { all: readonly Looked[] }) {
  const t = useT();
  return (
    <section aria-labelledby="guardian-patients">
      <h2 id="guardian-patients">{t("guardian.patients.title")}</h2>
      <Cards>
        {all.map((one) =>
          "of" in one ? <PatientCard key={one.patient} of={one.of} /> : <NotShown key={one.patient} of={one} />,
        )}
      </Cards>
    </section>
  );
}

/** Who is new, with what waits of them: real duties, by whoever appointed one. */
function Fresh({ all }: { all: readonly Looked[] }) {
  const t = useT();
  const waits = useDuties(all);
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="guardian-new">
      <h2 id="guardian-new">{t("guardian.new")}</h2>
      <p className="muted">{t("guardian.new.means")}</p>
      {waits.map((one) => (
        <DutyList key={one.of.patient.patient} of={one.of} duties={one.duties} named />
      ))}
      <Cards>
        {all.map((one) => (
          <div key={one.patient} className="stack">
            {"of" in one ? <PatientCard of={one.of} /> : <NotShown of={one} />}
            <TakeOn patient={one.patient} />
          </div>
        ))}
      </Cards>
    </section>
  );
}
