import { consentCalls } from "@cw-vitals/client";
import { useState } from "react";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { useToast } from "../../../ui/Toast";

/** Becoming a patient: a number on the chain. */
export function EnrolCard() {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const [asking, setAsking] = useState(false);
  const enrol = async () => {
    await send(consentCalls.enrol());
    say(t("patient.enrol.done"));
  };
  return (
    <Card
      title={t("patient.enrol.title")}
      actions={
        <Button kind="primary" onClick={() => setAsking(true)}>
          {t("patient.enrol.action")}
        </Button>
      }
    >
      <p>{t("patient.enrol.lead")}</p>
      <Confirm
        open={asking}
        title={t("patient.enrol.confirm")}
        consequences={[t("patient.enrol.one"), t("patient.enrol.two"), t("patient.enrol.three")]}
        action={t("patient.enrol.action")}
        onConfirm={enrol}
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}
