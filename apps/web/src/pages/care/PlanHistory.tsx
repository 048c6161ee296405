import { allPages } from "@cw-vitals/client";
import type { CurrentPlan, PlanInfo, PlanState } from "@cw-vitals/client/care";
import type { ReactNode } from "react";
import { type ChainData, useChain } from "../../data/chain";
import { useT } from "../../i18n";
import { Empty } from "../../ui/Card";
import { Loaded } from "../../ui/Loaded";
import { type Level, State } from "../../ui/State";
import type { Capacity } from "./ground";
import { PlanHead } from "./PlanHead";
import { PlanReader } from "./PlanReader";

export interface Plans {
  current: CurrentPlan;
  /** The newest first. */
  all: PlanInfo[];
}

export function usePlans(patient: string): ChainData<Plans> {
  return useChain(
    ["plans", patient],
    async ({ care }) => {
      const current = await care.currentPlan({ patient });
      const all = await allPages<PlanInfo>(
        async (after) => (await care.plans({ patient, start_after: after?.version ?? null, limit: 30 })).plans,
      );
      return { current, all: all.reverse() };
    },
    { patient, contracts: ["care"] },
  );
}

const LEVELS: Record<PlanState, Level> = { acknowledged: "good", proposed: "waiting", withdrawn: "unknown" };

interface PlanHistoryProps {
  patient: string;
  capacity: Capacity;
  /** What can be done with a version, beneath it. */
  actions?(plan: PlanInfo): ReactNode;
}

/** All versions of the plan: which is in force is said in words. */
export function PlanHistory({ patient, capacity, actions }: PlanHistoryProps) {
  const t = useT();
  const plans = usePlans(patient);
  return (
    <Loaded of={plans} failed={t("care.plan.failed")}>
      {({ current, all }) => (
        <>
          {all.length === 0 && <Empty title={t("care.plan.none")}>{t("care.plan.none.means")}</Empty>}
          {all.map((plan) => (
            <OneVersion
              key={plan.version}
              patient={patient}
              plan={plan}
              capacity={capacity}
              inForce={current.plan?.version === plan.version}
            >
              {actions?.(plan)}
            </OneVersion>
          ))}
        </>
      )}
    </Loaded>
  );
}

interface OneVersionProps {
  patient: string;
  plan: PlanInfo;
  capacity: Capacity;
  inForce: boolean;
  children: ReactNode;
}

function OneVersion({ patient, plan, capacity, inForce, children }: OneVersionProps) {
  const t = useT();
  const word = inForce ? t("care.plan.state.in_force") : t(`care.plan.state.${plan.state}`);
  return (
    <article className="card" aria-labelledby={`version-${plan.version}`}>
      <header className="card-head">
        <h3 id={`version-${plan.version}`}>{t("care.plan.version", { version: plan.version })}</h3>
        <State level={inForce ? "good" : plan.state === "acknowledged" ? "unknown" : LEVELS[plan.state]}>{word}</State>
      </header>
      <PlanHead of={plan} />
      <PlanReader patient={patient} plan={plan} capacity={capacity} />
      {children && <div className="actions">{children}</div>}
    </article>
  );
}
