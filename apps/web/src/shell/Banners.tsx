import { WifiOff } from "lucide-react";
import { useLiveState, useStanding } from "../data/live";
import { useT } from "../i18n";
import { useSession } from "../session/useSession";
import { Button } from "../ui/Button";
import { useAppUpdate } from "./update";
import { VaultNotices } from "./VaultNotices";

/** What holds for the whole app: a demonstration's account, nothing new from the chain, a newer version. */
export function Banners() {
  const t = useT();
  const { demo, role } = useSession();
  const update = useAppUpdate();
  return (
    <section className="banners" aria-label={t("shell.banners")}>
      {demo && <p className="banner">{t("shell.banner.demo")}</p>}
      <NotCurrent />
      <VaultNotices viewer={role} />
      {update && (
        <div className="banner row" role="status">
          {t("shell.banner.update")} <Button onClick={update}>{t("shell.banner.update.now")}</Button>
        </div>
      )}
    </section>
  );
}

const WHY = {
  unconnected: "shell.banner.offline",
  halted: "shell.banner.halted",
  behind: "shell.banner.behind",
} as const;

/** Nothing on the page is current, whatever the page itself says. */
function NotCurrent() {
  const t = useT();
  const standing = useStanding();
  const state = useLiveState();
  if (standing === "current" || state === "connecting") return null;
  return (
    <p className="banner" role="status">
      <WifiOff aria-hidden="true" className="icon" /> {t(WHY[standing])}
    </p>
  );
}
