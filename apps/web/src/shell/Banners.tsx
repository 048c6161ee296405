import { useConnected, useLive } from "../data/live";
import { useT } from "../i18n";
import { useSession } from "../session/useSession";
import { Button } from "../ui/Button";
import { useAppUpdate } from "./update";

/** What holds for the whole app: a demonstration's account, no connection, a newer version. */
export function Banners() {
  const t = useT();
  const { demo } = useSession();
  const connected = useConnected();
  const { state } = useLive();
  const update = useAppUpdate();
  return (
    <section className="banners" aria-label={t("shell.banners")}>
      {demo && <p className="banner">{t("shell.banner.demo")}</p>}
      {!connected && state !== "connecting" && (
        <p className="banner" role="status">
          {t("shell.banner.offline")}
        </p>
      )}
      {update && (
        <div className="banner row" role="status">
          {t("shell.banner.update")} <Button onClick={update}>{t("shell.banner.update.now")}</Button>
        </div>
      )}
    </section>
  );
}
