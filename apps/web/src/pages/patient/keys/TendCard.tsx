import type { Tended } from "@cw-vitals/client/keys";
import { useState } from "react";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { ErrorNotice, Failed } from "../../../ui/ErrorNotice";
import { Notice } from "../../../ui/State";
import { useAgent } from "./agent";
import { worthTelling } from "./progress";
import { SkippedList } from "./SkippedList";

/** Packages that reach only so far ahead are sealed anew: of gateways, teams and custodians. */
export function TendCard() {
  const t = useT();
  const agent = useAgent();
  const { run, busy, status } = useSend();
  const [tended, setTended] = useState<Tended>();
  if (!agent) return null;
  const tend = () => void run(() => agent.tend()).then(setTended, () => undefined);
  return (
    <Card
      title={t("patient.tend.title")}
      actions={
        <Button kind="primary" busy={busy} onClick={tend}>
          {t(busy ? "patient.tend.busy" : "patient.tend.action")}
        </Button>
      }
    >
      <p>{t("patient.tend.lead")}</p>
      {status.state === "failed" && <ErrorNotice error={status.error} onRetry={tend} />}
      {tended && <Done of={tended} />}
    </Card>
  );
}

export function Done({ of }: { of: Tended }) {
  const t = useT();
  const { rolled, rotation, custody } = of;
  const skipped = worthTelling([...rolled.skipped, ...(rotation?.skipped ?? [])]);
  return (
    <Notice level={skipped.length > 0 || custody instanceof Error ? "watch" : "good"} title={t("patient.tend.done")}>
      <p>{t("patient.tend.done.text", { packages: rolled.grants.length + (rotation?.packaged.length ?? 0) })}</p>
      {custody === true && <p>{t("patient.tend.custody")}</p>}
      {custody instanceof Error && (
        <Failed error={custody} say={(reason) => t("patient.tend.custody.failed", { reason })} />
      )}
      <SkippedList of={skipped} />
    </Notice>
  );
}
