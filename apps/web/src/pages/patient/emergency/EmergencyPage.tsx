import { consentCalls } from "@cw-vitals/client";
import type * as consent from "@cw-vitals/client/consent";
import { useState } from "react";
import { useClock } from "../../../data/clock";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card, Empty } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { useToast } from "../../../ui/Toast";
import { EmergencyCard, standOf } from "../../care/EmergencyCard";
import { useRotation } from "../keys/rotation";
import { usePatient } from "../lib/patient";
import { CustodiansCard } from "./CustodiansCard";
import { useEmergencies } from "./use-emergency";

/** What an emergency opens, who keeps the shares, and which emergencies there were. */
export function EmergencyPage() {
  const t = useT();
  const { patient } = usePatient();
  const emergencies = useEmergencies(patient);
  return (
    <Page title={t("patient.emergency.title")} lead={t("patient.emergency.lead")}>
      <CustodiansCard />
      <h2>{t("patient.emergency.list")}</h2>
      <Loaded of={emergencies} failed={t("patient.emergency.failed")}>
        {(all) => (
          <div className="stack">
            {all.length === 0 && <Empty title={t("patient.emergency.none")} />}
            {all.map((one) => (
              <EmergencyCard key={one.emergency} of={one}>
                <Acts of={one} patient={patient} />
              </EmergencyCard>
            ))}
          </div>
        )}
      </Loaded>
      <Card title={t("patient.emergency.reason.title")}>
        <p>{t("patient.emergency.reason.text")}</p>
      </Card>
    </Page>
  );
}

type Act = "end" | "uphold" | "reject";

function Acts({ of, patient }: { of: consent.EmergencyInfo; patient: string }) {
  const t = useT();
  const [act, setAct] = useState<Act>();
  const stand = standOf(of, useClock()() / 1000);
  const acts: Act[] = [
    ...(stand === "running" ? (["end"] as const) : []),
    ...(of.review ? [] : (["uphold", "reject"] as const)),
  ];
  if (acts.length === 0) return null;
  return (
    <div className="actions">
      {acts.map((one) => (
        <Button key={one} kind={one === "uphold" ? "secondary" : "danger"} onClick={() => setAct(one)}>
          {t(`patient.emergency.${one}`)}
        </Button>
      ))}
      {act && <ActDialog act={act} of={of} patient={patient} onClose={() => setAct(undefined)} />}
    </div>
  );
}

function ActDialog({
  act,
  of,
  patient,
  onClose,
}: {
  act: Act;
  of: consent.EmergencyInfo;
  patient: string;
  onClose(): void;
}) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const rotation = useRotation();
  const { emergency } = of;
  const confirm = async () => {
    const call =
      act === "end"
        ? consentCalls.endEmergency({ patient, emergency })
        : consentCalls.reviewEmergency({ patient, emergency, upheld: act === "uphold" });
    const { events } = await send(call);
    say(t(`patient.emergency.${act}.done`));
    if (events.some(({ kind }) => kind === "generation_raised")) rotation.start();
  };
  return (
    <Confirm
      open
      title={t(`patient.emergency.${act}.title`)}
      consequences={[t(`patient.emergency.${act}.one`), t(`patient.emergency.${act}.two`)]}
      action={t(`patient.emergency.${act}`)}
      kind={act === "uphold" ? "primary" : "danger"}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
