import { type ContractCall, claimsCalls, withFunds } from "@cw-vitals/client";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Confirm } from "../../../ui/Confirm";
import { useToast } from "../../../ui/Toast";
import { nativeDenom } from "./terms";
import type { MyPolicy } from "./use-insurance";
import { useAmount } from "./words";

type Act = "accept" | "pay" | "cancel";

function callOf(act: Act, { policy, product }: MyPolicy): ContractCall {
  const number = { policy: policy.policy };
  if (act === "accept") return claimsCalls.accept({ ...number, ground: { patient: {} } });
  if (act === "cancel") return claimsCalls.cancel({ ...number, ground: { patient: {} } });
  const denom = nativeDenom(product.denom) ?? "";
  return withFunds(claimsCalls.payPremium(number), [{ denom, amount: policy.next_amount }]);
}

/** Accepts an offer, pays an instalment, or cancels. */
export function PolicyActDialog({ act, of, onClose }: { act: Act; of: MyPolicy; onClose(): void }) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const amount = useAmount(of.product.denom);
  const values = { amount: amount(of.policy.next_amount), kept: amount(of.product.terms.minimum_charge) };
  const confirm = async () => {
    await send(callOf(act, of));
    say(t(`patient.policy.${act}.done`));
  };
  return (
    <Confirm
      open
      title={t(`patient.policy.${act}.title`)}
      consequences={[t(`patient.policy.${act}.one`, values), t(`patient.policy.${act}.two`, values)]}
      action={t(`patient.policy.${act}`)}
      kind={act === "cancel" ? "danger" : "primary"}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
