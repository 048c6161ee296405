import { consentCalls } from "@cw-vitals/client";
import { useChain } from "../../../data/chain";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Notice } from "../../../ui/State";

/** After a recovery the account tells nobody yet to whom plans and alerts are to be encrypted. */
export function RecipientNotice({ recipient }: { recipient: string }) {
  const t = useT();
  const { address } = useSession();
  const { send, busy, status } = useSend();
  const told = useChain(["consent.recipient", address], ({ consent }) => consent.recipient({ account: address }), {
    contracts: ["consent"],
  });
  if (!told.data || told.data.recipient === recipient) return null;
  const publish = () => void send(consentCalls.setRecipient({ recipient })).catch(() => undefined);
  return (
    <Notice
      level="warning"
      title={t("patient.recipient.other")}
      actions={
        <Button kind="primary" busy={busy} onClick={publish}>
          {t("patient.recipient.publish")}
        </Button>
      }
    >
      <p>{t("patient.recipient.other.text")}</p>
      {status.state === "failed" && <ErrorNotice error={status.error} />}
    </Notice>
  );
}
