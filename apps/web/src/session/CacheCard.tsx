import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { useToast } from "../ui/Toast";
import { useSession } from "./useSession";

/** What was opened can be had again and may go; what only this browser has stays with the account. */
export function CacheCard() {
  const t = useT();
  const { cache } = useSession();
  const say = useToast();
  const clear = async () => {
    await cache.clear();
    say(t("session.cache.cleared"));
  };
  return (
    <Card title={t("session.cache.title")} actions={<Button onClick={clear}>{t("session.cache.clear")}</Button>}>
      <p>{t("session.cache.text")}</p>
      <p>{t("session.cache.stays")}</p>
    </Card>
  );
}
