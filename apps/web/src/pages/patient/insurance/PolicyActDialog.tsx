import { type ContractCall, claimsCalls, funded } from "@cw-vitals/client";
import { useVitals } from "../../../data/live";
import type { PolicyAct } from "../../../data/policy-acts";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Confirm } from "../../../ui/Confirm";
import { useToast } from "../../../ui/Toast";
import { useSumText } from "../../money/Sum";
import type { MyPolicy } from "./use-insurance";

export type Act = Exclude<PolicyAct, "claim">;

function callOf(act: Act, { policy, product }: MyPolicy, contract: string): ContractCall {
  const number = { policy: policy.policy };
  if (act === "accept") return claimsCalls.accept({ ...number, ground: { patient: {} } });
  if (act === "cancel") return claimsCalls.cancel({ ...number, ground: { patient: {} } });
  if (act === "expire") return claimsCalls.expire(number);
  return funded(contract, claimsCalls.payPremium(number), { amount: policy.next_amount, denom: product.denom });
}

/** Accepts an offer, pays an instalment, cancels, or ends what is over. */
export function PolicyActDialog({ act, of, onClose }: { act: Act; of: MyPolicy; onClose(): void }) {
  const t = useT();
  const say = useToast();
  const vitals = useVitals();
  const { send } = useSend();
  const amount = useSumText(of.product.denom);
  const values = { amount: amount(of.policy.next_amount), kept: amount(of.product.terms.minimum_charge) };
  const confirm = async () => {
    await send(callOf(act, of, vitals?.addressOf("claims") ?? ""));
    say(t(`patient.policy.${act}.done`));
  };
  return (
    <Confirm
      open
      title={t(`patient.policy.${act}.title`, values)}
      consequences={[t(`patient.policy.${act}.one`, values), t(`patient.policy.${act}.two`, values)]}
      action={t(`patient.policy.${act}`)}
      kind={act === "cancel" ? "danger" : "primary"}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
