import { HeartPulse } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { useT } from "../i18n";
import { useSettings } from "../shell/settings";
import { Card, Cards } from "../ui/Card";
import { ErrorNotice } from "../ui/ErrorNotice";
import { Notice } from "../ui/State";
import { keptAccounts } from "./accounts";
import type { KeptAccount } from "./database";
import { NewAccount } from "./NewAccount";
import { OpenAccountFile } from "./OpenAccountFile";
import { type LockedWhy, useSessionControl } from "./Session";
import { Unlock } from "./Unlock";
import { hearWindows } from "./windows";

/** What this is, the accounts that this browser knows, and ways to begin. */
export function Welcome() {
  const t = useT();
  const { state } = useSessionControl();
  const [kept, setKept] = useState<KeptAccount[]>();
  const [error, setError] = useState<unknown>();
  const load = useCallback(() => void keptAccounts().then(setKept, setError), []);
  useEffect(load, [load]);
  // an account that another window removed is not offered here any more
  useEffect(() => hearWindows(({ type }) => type === "forget" && load()), [load]);
  useEffect(() => {
    document.title = t("shell.app.name");
  }, [t]);
  const failed = error ?? (state.status === "closed" ? state.error : undefined);
  return (
    <main className="welcome">
      <header>
        <h1>
          <HeartPulse aria-hidden="true" className="icon" /> {t("shell.app.name")}
        </h1>
        <p className="lead">{t("session.welcome.lead")}</p>
      </header>
      {failed !== undefined && <ErrorNotice error={failed} />}
      {state.status === "closed" && state.why && <Locked why={state.why} />}
      {kept?.map((one) => (
        <Unlock key={one.address} kept={one} onForgotten={load} />
      ))}
      {kept && <NewAccount known={kept.length > 0} />}
      {kept && <OpenAccountFile />}
      <Promises />
    </main>
  );
}

/** Why the app is locked, where its user did not lock it here. */
function Locked({ why }: { why: LockedWhy }) {
  const t = useT();
  const { idleMinutes: minutes } = useSettings();
  return <Notice level="note" title={t(`session.locked.${why}`, { minutes })} />;
}

function Promises() {
  const t = useT();
  const promise = (title: ReactNode, text: ReactNode) => (
    <Card title={title}>
      <p>{text}</p>
    </Card>
  );
  return (
    <Cards>
      {promise(t("session.welcome.private"), t("session.welcome.private.text"))}
      {promise(t("session.welcome.consent"), t("session.welcome.consent.text"))}
      {promise(t("session.welcome.authentic"), t("session.welcome.authentic.text"))}
    </Cards>
  );
}
