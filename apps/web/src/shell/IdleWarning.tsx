import { Lock } from "lucide-react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

/** Asks before the app locks by itself. No seconds are counted: a screen reader would say each of them. */
export function IdleWarning({ onStay, onLock }: { onStay(): void; onLock(): void }) {
  const t = useT();
  const actions = (
    <>
      <Button icon={Lock} onClick={onLock}>
        {t("shell.idle.lock")}
      </Button>
      <Button kind="primary" onClick={onStay}>
        {t("shell.idle.stay")}
      </Button>
    </>
  );
  return (
    <Dialog open title={t("shell.idle.title")} onClose={onStay} actions={actions}>
      <p>{t("shell.idle.text")}</p>
    </Dialog>
  );
}
