import type { ContractCall } from "@cw-vitals/client";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Confirm } from "../../../ui/Confirm";
import { useToast } from "../../../ui/Toast";

export interface TeamStepAsked {
  step: "join" | "decline" | "leave" | "remove" | "lead" | "invite" | "hand_on";
  call: ContractCall;
}

/** One step about a team: what it means, and the signature. */
export function TeamStep({
  of,
  team,
  onClose,
  onDone,
}: {
  of: TeamStepAsked;
  team: string;
  onClose(): void;
  onDone?(): void;
}) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const run = async () => {
    await send(of.call);
    say(t(`clinician.teams.${of.step}.done`, { team }));
    onDone?.();
  };
  return (
    <Confirm
      open
      title={t(`clinician.teams.${of.step}.title`, { team })}
      consequences={[t(`clinician.teams.${of.step}.what`), t("clinician.teams.public")]}
      action={t(`clinician.teams.${of.step}.action`)}
      onConfirm={run}
      onClose={onClose}
    />
  );
}
