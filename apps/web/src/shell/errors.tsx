import { useRouteError } from "react-router";
import { useT } from "../i18n";
import { useSession } from "../session/useSession";
import { ButtonLink } from "../ui/Button";
import { Empty } from "../ui/Card";
import { ErrorNotice } from "../ui/ErrorNotice";
import { Page } from "../ui/Page";

/** A page that failed, or whose code could not be loaded. The rest of the app stays. */
export function RouteError() {
  const error = useRouteError();
  return <ErrorNotice error={error} onRetry={() => location.reload()} />;
}

export function NotFound() {
  const t = useT();
  const { role } = useSession();
  return (
    <Page title={t("shell.not_found.title")}>
      <Empty
        title={t("shell.not_found.text")}
        actions={<ButtonLink to={`/${role}`}>{t("shell.not_found.home")}</ButtonLink>}
      />
    </Page>
  );
}
