import { consentCalls } from "@cw-vitals/client";
import { useState } from "react";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Confirm } from "../../../ui/Confirm";
import { useToast } from "../../../ui/Toast";

/** Ending an emergency of one's own as soon as it is no longer needed. */
export function EndEmergency({ patient, emergency }: { patient: string; emergency: string }) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const [asked, setAsked] = useState(false);
  const run = async () => {
    await send(consentCalls.endEmergency({ patient, emergency }));
    say(t("clinician.emergency.end.done"));
  };
  return (
    <>
      <Button onClick={() => setAsked(true)}>{t("clinician.emergency.end")}</Button>
      <Confirm
        open={asked}
        title={t("clinician.emergency.end.title", { emergency })}
        consequences={[t("clinician.emergency.end.what"), t("clinician.emergency.end.review")]}
        action={t("clinician.emergency.end")}
        onConfirm={run}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
