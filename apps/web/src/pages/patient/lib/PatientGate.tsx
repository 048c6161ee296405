import { useState } from "react";
import { Navigate, Outlet } from "react-router";
import { useChain } from "../../../data/chain";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Select } from "../../../ui/Field";
import { Loaded } from "../../../ui/Loaded";
import { AgentProvider } from "../keys/agent";
import { RotationNotice } from "../keys/RotationNotice";
import { RotationProvider } from "../keys/rotation";
import { PatientProvider, usePatientInfo } from "./patient";

/** Finds which patient the account is; whoever is none yet is led to the first steps. */
export function PatientGate() {
  const t = useT();
  const { address, patient } = useSession();
  const patients = useChain(
    ["consent.patientsOf", address],
    (vitals) => vitals.consent.patientsOf({ account: address, limit: 30 }),
    {
      contracts: ["consent"],
    },
  );
  return (
    <Loaded of={patients} failed={t("patient.gate.failed")}>
      {({ patients: all }) => <Chosen all={all} wanted={patient} />}
    </Loaded>
  );
}

function Chosen({ all, wanted }: { all: readonly string[]; wanted: string | undefined }) {
  const t = useT();
  const [picked, setPicked] = useState<string>();
  const patient = [picked, wanted].find((one) => one !== undefined && all.includes(one)) ?? all[0];
  if (patient === undefined) return <Navigate to="/patient/start" replace />;
  return (
    <>
      {all.length > 1 && (
        <Select
          label={t("patient.gate.which")}
          value={patient}
          options={all.map((value) => ({ value, label: t("patient.number", { number: value }) }))}
          onChange={setPicked}
        />
      )}
      <Known key={patient} patient={patient} />
    </>
  );
}

function Known({ patient }: { patient: string }) {
  const info = usePatientInfo(patient, true);
  return (
    <PatientProvider value={{ patient, info }}>
      <AgentProvider patient={patient}>
        <RotationProvider>
          <div className="stack">
            <RotationNotice />
            <Outlet />
          </div>
        </RotationProvider>
      </AgentProvider>
    </PatientProvider>
  );
}
