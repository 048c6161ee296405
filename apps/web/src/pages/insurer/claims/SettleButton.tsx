import { claimsCalls } from "@cw-vitals/client";
import { useState } from "react";
import { useSend } from "../../../data";
import { useT } from "../../../i18n";
import { Button, Card, Confirm, useToast } from "../../../ui";

/** A deadline is over: anybody may do what the silence means. */
export function SettleButton({ policy, claim }: { policy: string; claim: number }) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const [asking, setAsking] = useState(false);
  const run = async () => {
    await send(claimsCalls.settle({ policy, claim }));
    say(t("insurer.settle.done"));
  };
  return (
    <Card title={t("insurer.settle.title")}>
      <p>{t("insurer.settle.text")}</p>
      <div className="actions">
        <Button onClick={() => setAsking(true)}>{t("insurer.settle.action")}</Button>
      </div>
      <Confirm
        open={asking}
        title={t("insurer.settle.confirm", { policy, claim })}
        consequences={[t("insurer.settle.what"), t("insurer.settle.final")]}
        action={t("insurer.settle.action")}
        onConfirm={run}
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}
