import { type FormEvent, useState } from "react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { ErrorNotice } from "../ui/ErrorNotice";
import { Field } from "../ui/Field";
import { changePassphrase } from "./accounts";
import { useAttempt } from "./attempt";
import { NewPassphraseFields, useNewPassphrase } from "./NewPassphraseFields";
import { SHORTEST_PASSPHRASE } from "./new-passphrase";

/** Another passphrase, typed twice: a mistyped one would lock the account here for ever. */
export function PassphraseCard({ address }: { address: string }) {
  const t = useT();
  const { busy, error, attempt } = useAttempt(t("session.passphrase.changed"));
  const [before, setBefore] = useState("");
  const after = useNewPassphrase();
  const change = async () => {
    await changePassphrase(address, before, after.value);
    setBefore("");
    after.clear();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (after.check() && !busy) void attempt(change);
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
        <NewPassphraseFields
          of={after}
          words={{
            label: t("session.passphrase.new"),
            again: t("session.passphrase.new.again"),
            short: t("session.passphrase.short", { shortest: SHORTEST_PASSPHRASE }),
            differs: t("session.passphrase.differs"),
          }}
        />
        <Button type="submit" busy={busy}>
          {t("session.passphrase.change")}
        </Button>
      </form>
      {error !== undefined && <ErrorNotice error={error} />}
    </Card>
  );
}
