import type * as care from "@cw-vitals/client/care";
import { useChain } from "../../../data/chain";
import { useT } from "../../../i18n";
import { ButtonLink } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Loaded } from "../../../ui/Loaded";
import { type Level, Notice, State } from "../../../ui/State";
import { isOpen, isUnresolved } from "../../care/alerts";
import { useAlerts } from "../../care/useAlerts";
import { useDevices } from "../devices/use-devices";
import { useCustodians, useEmergencies } from "../emergency/use-emergency";
import { RecoveryNotice } from "../guardians/RecoveryNotice";
import { useGuardianship } from "../guardians/use-guardians";
import { usePatient } from "../lib/patient";

/** What waits for the patient; that nothing does is said too. */
export function ToDo() {
  const t = useT();
  const { patient } = usePatient();
  const guardianship = useGuardianship(patient);
  const items = useItems(patient);
  return (
    <>
      {guardianship.data && <RecoveryNotice recovery={guardianship.data.recovery} patient={patient} />}
      <Card title={t("patient.todo.title")}>
        {items.length === 0 && <p className="muted">{t("patient.todo.none")}</p>}
        {items.map(({ level, word, to, link }) => (
          <div key={word} className="row">
            <State level={level}>{word}</State>
            <ButtonLink to={to}>{link}</ButtonLink>
          </div>
        ))}
      </Card>
    </>
  );
}

interface Item {
  level: Level;
  word: string;
  to: string;
  link: string;
}

/** The most pressing first. */
function useItems(patient: string): Item[] {
  const t = useT();
  const { data: emergencies } = useEmergencies(patient);
  const { data: devices } = useDevices(patient);
  const { data: custodians } = useCustodians(patient);
  const { data: plan } = useChain<care.PlanInfo | null>(
    ["patient.newest_plan", patient],
    async (vitals) => {
      const { newest } = await vitals.care.currentPlan({ patient });
      return newest === 0 ? null : vitals.care.plan({ patient, version: newest });
    },
    { patient, contracts: ["care"] },
  );
  const unreviewed = emergencies?.filter(({ review }) => !review).length ?? 0;
  const items: (Item | false | undefined)[] = [
    unreviewed > 0 && {
      level: "danger",
      word: t("patient.todo.emergency", { count: unreviewed }),
      to: "/patient/emergency",
      link: t("patient.todo.emergency.look"),
    },
    plan?.state === "proposed" && {
      level: "waiting",
      word: t("patient.todo.plan"),
      to: "/patient/medication",
      link: t("patient.todo.plan.look"),
    },
    devices?.every(({ pairing }) => pairing.to_ms != null) && {
      level: "waiting",
      word: t("patient.todo.device"),
      to: "/patient/devices/pair",
      link: t("patient.devices.pair"),
    },
    custodians?.custodians.length === 0 && {
      level: "watch",
      word: t("patient.todo.custodians"),
      to: "/patient/emergency",
      link: t("patient.todo.custodians.look"),
    },
  ];
  return items.filter((item): item is Item => Boolean(item));
}

/** Alerts that nobody resolved, before anything else. */
export function AlertsWaiting({ patient }: { patient: string }) {
  const t = useT();
  const alerts = useAlerts(patient);
  return (
    <Loaded of={alerts} failed={t("patient.alerts.failed")}>
      {(all: readonly care.AlertInfo[]) => {
        const unresolved = all.filter(isUnresolved);
        if (unresolved.length === 0) return null;
        const open = unresolved.filter(isOpen).length;
        return (
          <Notice
            level={open > 0 ? "danger" : "watch"}
            title={t(open > 0 ? "patient.todo.alerts.open" : "patient.todo.alerts.taken", {
              count: open > 0 ? open : unresolved.length,
            })}
            actions={
              <ButtonLink kind="primary" to="/patient/alerts">
                {t("patient.todo.alerts.look")}
              </ButtonLink>
            }
          />
        );
      }}
    </Loaded>
  );
}
