import { careCalls } from "@cw-vitals/client";
import type { PlanInfo } from "@cw-vitals/client/care";
import { FilePen, LockKeyhole } from "lucide-react";
import { useState } from "react";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button, ButtonLink } from "../../../ui/Button";
import { Confirm } from "../../../ui/Confirm";
import { useToast } from "../../../ui/Toast";
import { PlanHistory, usePlans } from "../../care/PlanHistory";
import { SealAgain } from "./SealAgain";

/** Versions of the plan, and the way to the next one. */
export function PlanTab({ patient }: { patient: string }) {
  const t = useT();
  const { address } = useSession();
  const [withdrawing, setWithdrawing] = useState<PlanInfo>();
  const [again, setAgain] = useState<PlanInfo>();
  const plans = usePlans(patient);
  const newest = plans.data?.all.find(({ state }) => state !== "withdrawn");
  const actions = (plan: PlanInfo) =>
    plan.author === address && plan.state !== "withdrawn" ? (
      <Button kind="danger" onClick={() => setWithdrawing(plan)}>
        {t("clinician.plan.withdraw")}
      </Button>
    ) : null;
  return (
    <>
      <div className="actions">
        <ButtonLink to={`/clinician/patients/${patient}/plan`} icon={FilePen} kind="primary">
          {t("clinician.plan.write")}
        </ButtonLink>
        {newest && (
          <Button icon={LockKeyhole} onClick={() => setAgain(newest)}>
            {t("clinician.plan.again")}
          </Button>
        )}
      </div>
      {newest && <p className="muted">{t("clinician.plan.again.hint")}</p>}
      {again && plans.data && (
        <SealAgain
          patient={patient}
          plan={again}
          replaces={plans.data.current.newest}
          onClose={() => setAgain(undefined)}
        />
      )}
      <PlanHistory patient={patient} capacity="clinician" actions={actions} />
      {withdrawing && <Withdraw patient={patient} plan={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </>
  );
}

function Withdraw({ patient, plan, onClose }: { patient: string; plan: PlanInfo; onClose(): void }) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const { version } = plan;
  const run = async () => {
    await send(careCalls.withdrawPlan({ patient, version }));
    say(t("clinician.plan.withdraw.done", { version }));
  };
  return (
    <Confirm
      open
      title={t("clinician.plan.withdraw.title", { version })}
      consequences={[t("clinician.plan.withdraw.what"), t("clinician.plan.withdraw.lasts")]}
      action={t("clinician.plan.withdraw")}
      kind="danger"
      onConfirm={run}
      onClose={onClose}
    />
  );
}
