import type { AlertInfo } from "@cw-vitals/client/care";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { CopyButton } from "../../../ui/Text";

/** The contract hands an alert over to whoever takes it: this says so, and gives the link for the colleague. */
export function HandOver({ alert }: { alert: AlertInfo }) {
  const t = useT();
  const { address } = useSession();
  if (alert.state !== "acknowledged" || alert.acknowledged_by !== address) return null;
  const url = new URL(window.location.href);
  url.hash = `/clinician/patients/${alert.patient}?tab=alerts`;
  return (
    <p className="muted">
      {t("clinician.hand_over")} <CopyButton text={url.href} label={t("clinician.hand_over.copy")} />
    </p>
  );
}
