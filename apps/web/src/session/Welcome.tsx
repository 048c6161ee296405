import { HeartPulse } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useT } from "../i18n";
import { Card, Cards } from "../ui/Card";
import { ErrorNotice } from "../ui/ErrorNotice";
import { keptAccounts } from "./accounts";
import type { KeptAccount } from "./database";
import { NewAccount } from "./NewAccount";
import { useSessionControl } from "./Session";
import { Unlock } from "./Unlock";

/** What this is, the accounts that this browser knows, and ways to begin. */
export function Welcome() {
  const t = useT();
  const { state } = useSessionControl();
  const [kept, setKept] = useState<KeptAccount[]>();
  const [error, setError] = useState<unknown>();
  const load = () => void keptAccounts().then(setKept, setError);
  useEffect(load, []);
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
      {kept?.map((one) => (
        <Unlock key={one.address} kept={one} onForgotten={load} />
      ))}
      {kept && <NewAccount known={kept.length > 0} />}
      <Promises />
    </main>
  );
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
