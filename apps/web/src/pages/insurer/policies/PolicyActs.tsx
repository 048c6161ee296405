import { type ContractCall, claimsCalls } from "@cw-vitals/client";
import type { PolicyInfo } from "@cw-vitals/client/claims";
import { useState } from "react";
import { useSend } from "../../../data";
import { isCancellable } from "../../../data/policy-acts";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button, Confirm, useToast } from "../../../ui";
import { anybodyMay } from "./states";

type Act = "withdraw_offer" | "lapse" | "expire" | "cancel";

const CALLS: Record<Act, (policy: string) => ContractCall> = {
  withdraw_offer: (policy) => claimsCalls.withdrawOffer({ policy }),
  lapse: (policy) => claimsCalls.lapse({ policy }),
  expire: (policy) => claimsCalls.expire({ policy }),
  cancel: (policy) => claimsCalls.cancel({ policy, ground: null }),
};

/** What this account may do with the policy now, as the chain tells its state. */
export function PolicyActs({ of }: { of: PolicyInfo }) {
  const t = useT();
  const say = useToast();
  const { address } = useSession();
  const { send } = useSend();
  const [asking, setAsking] = useState<Act>();
  const acts = actsOf(of, address);
  const run = async () => {
    await send(CALLS[asking as Act](of.policy));
    say(t(`insurer.act.${asking as Act}.done`, { policy: of.policy }));
  };
  if (acts.length === 0) return <p className="muted">{t("insurer.act.none")}</p>;
  return (
    <div className="actions">
      {acts.map((act) => (
        <Button key={act} kind={act === "cancel" ? "danger" : "secondary"} onClick={() => setAsking(act)}>
          {t(`insurer.act.${act}`)}
        </Button>
      ))}
      {asking && (
        <Confirm
          open
          title={t(`insurer.act.${asking}.title`, { policy: of.policy })}
          kind={asking === "cancel" ? "danger" : "primary"}
          consequences={[t(`insurer.act.${asking}.what`), t(`insurer.act.${asking}.final`)]}
          action={t(`insurer.act.${asking}`)}
          onConfirm={run}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}

export function actsOf({ state, claims_open, policyholder }: PolicyInfo, account: string): Act[] {
  const due = anybodyMay(state, claims_open);
  const holds = policyholder === account;
  const own: Act[] =
    holds && state === "offered" ? ["withdraw_offer"] : holds && isCancellable(state) ? ["cancel"] : [];
  return due ? [due, ...own] : own;
}
