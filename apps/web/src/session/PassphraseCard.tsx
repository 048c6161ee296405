import { type FormEvent, useState } from "react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { ErrorNotice } from "../ui/ErrorNotice";
import { Field } from "../ui/Field";
import { changePassphrase } from "./accounts";
import { useAttempt } from "./attempt";
import { faultOf, SHORTEST_PASSPHRASE } from "./new-passphrase";

/** Another passphrase, typed twice: a mistyped one would lock the account here for ever. */
export function PassphraseCard({ address }: { address: string }) {
  const t = useT();
  const { busy, error, attempt } = useAttempt(t("session.passphrase.changed"));
  const [before, setBefore] = useState("");
  const [after, setAfter] = useState("");
  const [again, setAgain] = useState("");
  const [checked, setChecked] = useState(false);
  const fault = faultOf(after, again);
  const change = async () => {
    await changePassphrase(address, before, after);
    for (const set of [setBefore, setAfter, setAgain]) set("");
    setChecked(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!fault && !busy) void attempt(change);
  };
  return (
    <Card title={t("session.passphrase.change")}>
      <form className="form" onSubmit={submit} noValidate>
        <Field
          label={t("session.passphrase")}
          type="password"
          autoComplete="current-password"
          value={before}
          onChange={setBefore}
        />
        <Field
          label={t("session.passphrase.new")}
          error={
            checked && fault === "short" ? t("session.passphrase.short", { shortest: SHORTEST_PASSPHRASE }) : undefined
          }
          type="password"
          autoComplete="new-password"
          value={after}
          onChange={setAfter}
        />
        <Field
          label={t("session.passphrase.new.again")}
          error={checked && fault === "differs" ? t("session.passphrase.differs") : undefined}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
        />
        <Button type="submit" busy={busy}>
          {t("session.passphrase.change")}
        </Button>
      </form>
      {error !== undefined && <ErrorNotice error={error} />}
    </Card>
  );
}
