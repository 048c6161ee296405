import { consentCalls } from "@cw-vitals/client";
import type * as consent from "@cw-vitals/client/consent";
import { useClock } from "../../../data/clock";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Confirm } from "../../../ui/Confirm";
import { useToast } from "../../../ui/Toast";
import { useRotation } from "../keys/rotation";
import { Party } from "../lib/Party";
import { usePatient } from "../lib/patient";
import { GrantSentences } from "./GrantSentences";
import { reachesBeyond } from "./grant-form";

/** Ends a grant for ever, and then has new keys made where somebody may hold keys to what is measured from now on. */
export function RevokeDialog({ grant, onClose }: { grant: consent.GrantInfo; onClose(): void }) {
  const t = useT();
  const say = useToast();
  const { patient } = usePatient();
  const { send } = useSend();
  const rotation = useRotation();
  const newKeys = reachesBeyond(grant, useClock()());
  const revoke = async () => {
    await send(consentCalls.revoke({ patient, grant: grant.grant }));
    say(t("patient.revoke.done"));
    if (newKeys) rotation.start();
  };
  return (
    <Confirm
      open
      title={t("patient.revoke.title")}
      consequences={[
        t("patient.revoke.now"),
        t("patient.revoke.unread"),
        t(newKeys ? "patient.revoke.keys" : "patient.revoke.no_keys"),
        t("patient.revoke.final"),
      ]}
      action={t("patient.grant.revoke")}
      kind="danger"
      onConfirm={revoke}
      onClose={onClose}
    >
      <p>
        <Party of={grant.grantee} />
      </p>
      <GrantSentences of={grant} />
    </Confirm>
  );
}
