import { type Vitals, VitalsError } from "@cw-vitals/client";
import { useQuery } from "@tanstack/react-query";
import { useVitals } from "../../../data/live";
import type { Category } from "../../../data/measures";
import { useSend } from "../../../data/send";
import { vaultsOf } from "../../../data/vaults";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Confirm } from "../../../ui/Confirm";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Loading } from "../../../ui/Progress";
import { Notice } from "../../../ui/State";
import { Address } from "../../../ui/Text";
import { useToast } from "../../../ui/Toast";
import { epochOf, groundForAll } from "../../care/access";
import { PlanView } from "../../care/PlanView";
import type { Plan } from "../../care/plan";
import { besides } from "../../care/readers";

interface SignPlanProps {
  patient: string;
  plan: Plan;
  replaces: number;
  categories: readonly Category[];
  onDone(): void;
  onClose(): void;
}

/** The plan as it will be read, for whom it is encrypted, and the signature. */
export function SignPlan({ patient, plan, replaces, categories, onDone, onClose }: SignPlanProps) {
  const t = useT();
  const say = useToast();
  const { network, account, address } = useSession();
  const vitals = useVitals();
  const { run } = useSend();
  const readers = useQuery({
    queryKey: [address, "plan-readers", patient, ...categories],
    enabled: vitals !== undefined,
    staleTime: 0,
    queryFn: async () => {
      const { planReaders } = await import("@cw-vitals/client/plans");
      const { controller } = await (vitals as Vitals).consent.patient({ patient });
      return besides([address, controller], await planReaders(vitals as Vitals, patient, categories));
    },
  });
  const sign = async () => {
    const client = vitals as Vitals;
    const { timeMs } = await client.head();
    const ground = await groundForAll(
      client,
      { patient, who: address, action: "write_plan", epoch: epochOf(timeMs) },
      categories,
    );
    if (!ground)
      throw new VitalsError("consent/category_not_granted", "no grant of yours lets you write plans about all of this");
    const { writePlan } = await import("@cw-vitals/client/plans");
    const asked = { patient, plan: { ...plan }, categories, ground, replaces };
    await run(() => writePlan(client, vaultsOf({ network, account }), asked));
    say(t("clinician.plan.signed"));
    onDone();
  };
  return (
    <Confirm
      open
      title={t("clinician.plan.sign.title")}
      consequences={[t("clinician.plan.sign.what"), t("clinician.plan.sign.force"), t("clinician.plan.sign.public")]}
      action={t("clinician.plan.sign")}
      onConfirm={sign}
      onClose={onClose}
    >
      <PlanView of={plan} level="h3" />
      {readers.isPending && <Loading label={t("clinician.plan.readers.loading")} />}
      {readers.error && <ErrorNotice error={readers.error} onRetry={() => void readers.refetch()} />}
      {readers.data && (
        <>
          <p>{t("clinician.plan.readers", { count: readers.data.accounts.length })}</p>
          <ul className="list">
            {readers.data.accounts.map((reader) => (
              <li key={reader}>
                <Address of={reader} />
              </li>
            ))}
          </ul>
          {readers.data.without.length > 0 && (
            <Notice level="warning" title={t("clinician.plan.readers.without", { count: readers.data.without.length })}>
              {readers.data.without.map((reader) => (
                <Address key={reader} of={reader} />
              ))}
            </Notice>
          )}
        </>
      )}
    </Confirm>
  );
}
