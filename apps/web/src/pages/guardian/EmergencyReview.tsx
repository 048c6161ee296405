import { consentCalls } from "@cw-vitals/client";
import type { EmergencyInfo } from "@cw-vitals/client/consent";
import { type ReactNode, useState } from "react";
import { useClockEach } from "../../data/clock";
import { useSend } from "../../data/send";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { useToast } from "../../ui/Toast";
import { EmergencyCard } from "../care/EmergencyCard";
import { isRunning } from "./in-care";

type Step = "end" | "uphold" | "reject";

/** An emergency that nobody has judged yet, with what a guardian can do about it. */
export function EmergencyReview({
  patient,
  emergency,
  head,
}: {
  patient: string;
  emergency: EmergencyInfo;
  head?: ReactNode;
}) {
  const t = useT();
  const now = useClockEach(5000) / 1000;
  const [asked, setAsked] = useState<Step>();
  return (
    <EmergencyCard of={emergency} head={head}>
      <div className="actions">
        {isRunning(emergency, now) && <Button onClick={() => setAsked("end")}>{t("guardian.emergency.end")}</Button>}
        <Button onClick={() => setAsked("uphold")}>{t("guardian.emergency.uphold")}</Button>
        <Button kind="danger" onClick={() => setAsked("reject")}>
          {t("guardian.emergency.reject")}
        </Button>
      </div>
      {asked && (
        <Decide patient={patient} emergency={emergency.emergency} step={asked} onClose={() => setAsked(undefined)} />
      )}
    </EmergencyCard>
  );
}

function Decide(props: { patient: string; emergency: string; step: Step; onClose(): void }) {
  const { patient, emergency, step, onClose } = props;
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const run = async () => {
    const named = { patient, emergency };
    const review = { ...named, upheld: step === "uphold" };
    await send(step === "end" ? consentCalls.endEmergency(named) : consentCalls.reviewEmergency(review));
    say(t(`guardian.emergency.${step}.done`));
  };
  return (
    <Confirm
      open
      title={t(`guardian.emergency.${step}.title`, { emergency })}
      consequences={[t(`guardian.emergency.${step}.what`), t(`guardian.emergency.${step}.lasts`)]}
      action={t(`guardian.emergency.${step}`)}
      kind={step === "reject" ? "danger" : "primary"}
      onConfirm={run}
      onClose={onClose}
    />
  );
}
