import { Share2 } from "lucide-react";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { CopyButton } from "../../../ui/Text";
import { QrCode } from "./QrCode";

/** A link three ways: to scan, to copy, to share by what the device has. */
export function ShareLink({ link }: { link: string }) {
  const t = useT();
  const share = () => void navigator.share({ url: link }).catch(() => undefined);
  return (
    <Card title={t("clinician.access.give")}>
      <p>{t("clinician.access.give.how")}</p>
      <QrCode text={link} label={t("clinician.access.qr")} />
      <p className="share-link">
        <code data-testid="access-link">{link}</code> <CopyButton text={link} label={t("clinician.access.copy")} />
      </p>
      {"share" in navigator && (
        <Button icon={Share2} onClick={share}>
          {t("clinician.access.share")}
        </Button>
      )}
    </Card>
  );
}
