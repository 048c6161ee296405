import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { readRoleLink } from "../session/role-link";
import { useSessionControl } from "../session/Session";
import { ErrorNotice } from "../ui/ErrorNotice";
import { Loading } from "../ui/Progress";

/** Opens a role link, and takes it out of the address bar and the history at once. */
export function OpenLink() {
  const { openLink } = useSessionControl();
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link is opened once
  useEffect(() => {
    const hash = location.hash;
    history.replaceState(history.state, "", "#/open");
    void (async () => {
      const link = readRoleLink(hash);
      if (link) await openLink(link);
      await navigate(link ? `/${link.role}` : "/", { replace: true });
    })().catch(setError);
  }, []);
  return <main className="alone">{error === undefined ? <Loading /> : <ErrorNotice error={error} />}</main>;
}
