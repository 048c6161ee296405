import { useState } from "react";
import { useChain } from "../../../data/chain";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { ButtonLink } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { State } from "../../../ui/State";
import { Backup } from "../keys/BackupCard";
import { MakeKeys } from "../keys/MakeKeys";
import { EnrolCard } from "./EnrolCard";

/** First use: becoming a patient, drawing the keys, keeping a copy of them. */
export function StartPage() {
  const t = useT();
  const { address } = useSession();
  const patients = useChain(
    ["consent.patientsOf", address],
    (vitals) => vitals.consent.patientsOf({ account: address, limit: 30 }),
    {
      contracts: ["consent"],
    },
  );
  return (
    <Page title={t("patient.start.title")} lead={t("patient.start.lead")}>
      <Loaded of={patients} failed={t("patient.gate.failed")}>
        {({ patients: all }) => <Steps patient={all[0]} />}
      </Loaded>
    </Page>
  );
}

const STEPS = ["enrol", "keys", "backup", "next"] as const;
type Step = (typeof STEPS)[number];

function Steps({ patient }: { patient: string | undefined }) {
  const t = useT();
  const { secrets } = useSession();
  const [backed, setBacked] = useState(false);
  const at = stepOf(patient, secrets.keyring !== undefined, backed);
  return (
    <div className="stack">
      <Card title={t("patient.start.steps")}>
        <ol className="consequences">
          {STEPS.map((step, place) => (
            <li key={step} aria-current={step === at ? "step" : undefined}>
              <State level={place < STEPS.indexOf(at) ? "good" : step === at ? "waiting" : "unknown"}>
                {t(`patient.start.step.${step}`)}
              </State>
            </li>
          ))}
        </ol>
      </Card>
      {at === "enrol" && <EnrolCard />}
      {at === "keys" && patient && <MakeKeys patient={patient} />}
      {at === "backup" && patient && <Backup patient={patient} onDone={() => setBacked(true)} />}
      {at === "next" && <Next />}
    </div>
  );
}

function stepOf(patient: string | undefined, keys: boolean, backed: boolean): Step {
  if (patient === undefined) return "enrol";
  if (!keys) return "keys";
  return backed ? "next" : "backup";
}

function Next() {
  const t = useT();
  return (
    <Card
      title={t("patient.start.next")}
      actions={
        <>
          <ButtonLink kind="primary" to="/patient/sharing/new?actions=seal">
            {t("patient.start.gateway")}
          </ButtonLink>
          <ButtonLink to="/patient/devices/pair">{t("patient.devices.pair")}</ButtonLink>
          <ButtonLink to="/patient">{t("patient.home.title")}</ButtonLink>
        </>
      }
    >
      <p>{t("patient.start.next.text")}</p>
    </Card>
  );
}
