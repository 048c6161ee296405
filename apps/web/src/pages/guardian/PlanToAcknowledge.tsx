import { careCalls } from "@cw-vitals/client";
import type { PlanInfo } from "@cw-vitals/client/care";
import { type ReactNode, useState } from "react";
import { useSend } from "../../data/send";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { State } from "../../ui/State";
import { useToast } from "../../ui/Toast";
import { PlanHead } from "../care/PlanHead";
import { PlanReader } from "../care/PlanReader";

/** A plan that a clinician wrote and that is in force once the patient or a guardian accepts it. */
export function PlanToAcknowledge({ patient, plan, head }: { patient: string; plan: PlanInfo; head?: ReactNode }) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const [asked, setAsked] = useState(false);
  const accept = async () => {
    await send(careCalls.acknowledgePlan({ patient, version: plan.version }));
    say(t("guardian.plan.accept.done", { version: plan.version }));
  };
  return (
    <article className="card" aria-labelledby={`plan-${patient}-${plan.version}`}>
      <header className="card-head">
        <h3 id={`plan-${patient}-${plan.version}`}>{t("guardian.plan.new", { version: plan.version })}</h3>
        <State level="waiting">{t("care.plan.state.proposed")}</State>
      </header>
      {head}
      <PlanHead of={plan} />
      <PlanReader patient={patient} plan={plan} capacity="guardian" />
      <div className="actions">
        <Button kind="primary" onClick={() => setAsked(true)}>
          {t("guardian.plan.accept")}
        </Button>
      </div>
      <Confirm
        open={asked}
        title={t("guardian.plan.accept.title", { version: plan.version })}
        consequences={[t("guardian.plan.accept.what"), t("guardian.plan.accept.record")]}
        action={t("guardian.plan.accept")}
        onConfirm={accept}
        onClose={() => setAsked(false)}
      />
    </article>
  );
}
