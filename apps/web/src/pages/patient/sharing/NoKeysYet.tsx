import type { VitalsError } from "@cw-vitals/client/errors";
import { useState } from "react";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { State } from "../../../ui/State";
import { useToast } from "../../../ui/Toast";
import { useAgent } from "../keys/agent";
import { usePatient } from "../lib/patient";
import { useIssue } from "./use-issue";

/** A permission whose keys were not handed over: a way to do it, once what kept them from it is mended. */
export function NoKeysYet({ grant }: { grant: string }) {
  const t = useT();
  const say = useToast();
  const agent = useAgent();
  const { info } = usePatient();
  const issue = useIssue();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<VitalsError>();
  const hand = async () => {
    setBusy(true);
    try {
      const failed = await issue(grant);
      setError(failed);
      if (!failed) say(t("patient.grant.issued"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack">
      <State level="watch">{t("patient.grant.no_keys")}</State>
      {agent && info.data?.pending !== true && (
        <div className="actions">
          <Button busy={busy} onClick={() => void hand()}>
            {t("patient.grant.issue")}
          </Button>
        </div>
      )}
      {error && <ErrorNotice error={error} />}
    </div>
  );
}
