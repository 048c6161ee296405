import { type ContractCall, consentCalls } from "@cw-vitals/client";
import { type ReactNode, useState } from "react";
import { useSend } from "../../data/send";
import { useT } from "../../i18n";
import { Button, type ButtonKind } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Address } from "../../ui/Text";
import { useToast } from "../../ui/Toast";

type Step = "propose" | "vote" | "withdraw" | "complete";

interface RecoveryButtonProps {
  step: Step;
  call: ContractCall;
  kind?: ButtonKind;
  disabled?: boolean;
  onDone?(): void;
  children?: ReactNode;
}

/** One step of a recovery: its button, what it means, and the message. */
export function RecoveryButton({ step, call, kind = "primary", disabled, onDone, children }: RecoveryButtonProps) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const [asked, setAsked] = useState(false);
  const run = async () => {
    await send(call);
    say(t(`guardian.recovery.${step}.done`));
    onDone?.();
  };
  return (
    <>
      <Button kind={kind} disabled={disabled} onClick={() => setAsked(true)}>
        {t(`guardian.recovery.${step}`)}
      </Button>
      <Confirm
        open={asked}
        title={t(`guardian.recovery.${step}.title`)}
        consequences={[t(`guardian.recovery.${step}.what`), t(`guardian.recovery.${step}.lasts`)]}
        action={t(`guardian.recovery.${step}`)}
        kind={step === "withdraw" ? "primary" : "danger"}
        onConfirm={run}
        onClose={() => setAsked(false)}
      >
        {children}
      </Confirm>
    </>
  );
}

export function VoteFor({ patient, account }: { patient: string; account: string }) {
  return (
    <RecoveryButton step="vote" call={consentCalls.approveRecovery({ patient, account })}>
      <Address of={account} whole />
    </RecoveryButton>
  );
}

export function CompleteRecovery({ patient }: { patient: string }) {
  return <RecoveryButton step="complete" call={consentCalls.completeRecovery({ patient })} />;
}
