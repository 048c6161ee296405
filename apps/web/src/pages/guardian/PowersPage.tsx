import { useT } from "../../i18n";
import { Empty } from "../../ui/Card";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { type Column, Table } from "../../ui/Table";
import { useFollowed } from "../care/followed";
import { PatientName } from "../care/PatientName";
import { type InCare, quorumOf } from "./in-care";
import { PowerList, Until } from "./PowerList";
import { PowersOf } from "./PowersTab";
import { useAllInCare } from "./useInCare";

/** Of those who are new so many are looked up. */
const NEW_AT_ONCE = 10;

/** What one may do for whom, until when, and together with how many. */
export function PowersPage() {
  const t = useT();
  const { patients: own, fresh, known } = useFollowed();
  const patients = [...own, ...fresh.slice(0, NEW_AT_ONCE)];
  const all = useAllInCare(patients);
  const columns: Column<InCare>[] = [
    { key: "patient", head: t("guardian.powers.patient"), cell: (of) => <PatientName of={of.patient.patient} /> },
    { key: "powers", head: t("guardian.powers"), cell: (of) => <PowerList of={of.guardian} /> },
    { key: "until", head: t("guardian.until"), cell: (of) => <Until of={of.guardian} /> },
    { key: "together", head: t("guardian.powers.together"), cell: (of) => <Together of={of} /> },
  ];
  return (
    <Page title={t("guardian.powers.title")} lead={t("guardian.powers.lead")}>
      {known && patients.length === 0 && (
        <Empty title={t("guardian.home.empty")}>{t("guardian.home.empty.todo")}</Empty>
      )}
      {patients.length > 0 && (
        <Loaded of={all}>
          {(rows) => (
            <Table
              caption={t("guardian.powers.caption")}
              columns={columns}
              rows={rows.flatMap((one) => ("of" in one ? [one.of] : []))}
              rowKey={(of) => of.patient.patient}
            />
          )}
        </Loaded>
      )}
      <PowersOf />
    </Page>
  );
}

function Together({ of }: { of: InCare }) {
  const t = useT();
  const shared = of.guardian.powers.filter((power) => quorumOf(of.quorums, power) !== "one");
  if (shared.length === 0) return <>{t("guardian.powers.alone")}</>;
  return (
    <ul className="plain">
      {shared.map((power) => (
        <li key={power}>
          {t("guardian.powers.of", { power: t(`guardian.power.${power}`), quorum: quorumOf(of.quorums, power) })}
        </li>
      ))}
    </ul>
  );
}
