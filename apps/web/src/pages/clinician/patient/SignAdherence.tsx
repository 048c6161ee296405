import { careCalls, type Vitals, VitalsError } from "@cw-vitals/client";
import type { PlanInfo } from "@cw-vitals/client/care";
import { useState } from "react";
import { useClock } from "../../../data/clock";
import { useVitals } from "../../../data/live";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Confirm } from "../../../ui/Confirm";
import { download } from "../../../ui/download";
import { useToast } from "../../../ui/Toast";
import { When } from "../../../ui/When";
import { core } from "../../../worker/pool";
import { epochOf, groundForAll, HOUR_MS } from "../../care/access";
import { usePlans } from "../../care/PlanHistory";
import type { Plan } from "../../care/plan";
import { dosesOf, type Period, signable } from "./doses";
import { completenessIn } from "./useMeasured";
import type { Monitored } from "./useMonitored";

const DAYS = 28;

/** Signing off what was taken: the report is encrypted and handed out, its digest goes on the chain. */
export function SignAdherence({ patient, of }: { patient: string; of: Monitored }) {
  const t = useT();
  const clock = useClock();
  const plans = usePlans(patient);
  const [asked, setAsked] = useState<Signed>();
  const complete = completenessIn(of.measured.by.medication);
  const inForce = plans.data?.current.plan ?? undefined;
  const reached = of.reads.medication?.window;
  if (!inForce || inForce.acknowledged_at == null || !reached) return null;
  const period = signable(inForce.acknowledged_at, DAYS, clock());
  const reaches = period !== undefined && reached.from <= period.from * HOUR_MS;
  const ask = () =>
    period &&
    of.plan &&
    setAsked({ period, schedule: of.plan, doses: dosesOf(of.measured.by.medication?.series ?? []) });
  return (
    <>
      <div className="actions">
        <Button disabled={!reaches || complete !== "whole"} onClick={ask}>
          {t("clinician.adherence.sign")}
        </Button>
      </div>
      {!reaches && <p className="muted">{t("clinician.adherence.sign.wait", { days: DAYS })}</p>}
      {reaches && complete !== "whole" && <p className="muted">{t("clinician.adherence.sign.unread")}</p>}
      {asked && <Sign patient={patient} plan={inForce} of={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

/** What is signed: as it stood, read whole, when the button was pressed. */
interface Signed {
  period: Period;
  schedule: Plan;
  doses: Float64Array;
}

interface SignProps {
  patient: string;
  plan: PlanInfo;
  of: Signed;
  onClose(): void;
}

function Sign({ patient, plan, of, onClose }: SignProps) {
  const { period } = of;
  const t = useT();
  const say = useToast();
  const vitals = useVitals();
  const { address } = useSession();
  const { send } = useSend();
  const sign = async () => {
    const client = vitals as Vitals;
    const { timeMs } = await client.head();
    const ground = await groundForAll(
      client,
      { patient, who: address, action: "write_plan", epoch: epochOf(timeMs) },
      plan.categories,
    );
    if (!ground)
      throw new VitalsError("consent/category_not_granted", "no grant of yours lets you write plans about all of this");
    const asked = {
      plan: of.schedule,
      dosesMs: of.doses,
      fromMs: period.from * HOUR_MS,
      toMs: period.to * HOUR_MS,
      nowMs: timeMs,
    };
    const report = await core().ask("adherence", asked);
    const { sealReport } = await import("./report");
    const { file, digest } = await sealReport(client, {
      patient,
      author: address,
      report: { plan: plan.version, period, ...report },
    });
    await send(careCalls.recordAdherence({ patient, ground, report: { digest, period, plan: plan.version } }));
    download(`adherence-${patient}-${period.from}-${period.to}.age`, file);
    say(t("clinician.adherence.signed"));
  };
  return (
    <Confirm
      open
      title={t("clinician.adherence.sign.title")}
      consequences={[
        t("clinician.adherence.sign.what"),
        t("clinician.adherence.sign.file"),
        t("clinician.adherence.sign.public"),
      ]}
      action={t("clinician.adherence.sign")}
      onConfirm={sign}
      onClose={onClose}
    >
      <p>
        <When ms={period.from * HOUR_MS} /> – <When ms={period.to * HOUR_MS} />
      </p>
    </Confirm>
  );
}
