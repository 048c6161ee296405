import { type FormEvent, useState } from "react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { download } from "../ui/download";
import { ErrorNotice } from "../ui/ErrorNotice";
import { Field } from "../ui/Field";
import { accountFile } from "./account-file";
import { provePassphrase } from "./accounts";
import { useAttempt } from "./attempt";
import { useSession } from "./useSession";

/**
 * A copy of all that only this browser has of the account, for every role. Under the account's own passphrase, which is
 * asked for: whoever finds an unlocked screen cannot take the account along.
 */
export function AccountFileCard() {
  const t = useT();
  const session = useSession();
  const { busy, error, attempt } = useAttempt(t("session.file.saved"));
  const [passphrase, setPassphrase] = useState("");
  const save = async () => {
    await provePassphrase(session.address, passphrase);
    const file = await accountFile(session.network, session, passphrase);
    download(`vitals-account-${session.address}.age`, file);
    setPassphrase("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) void attempt(save);
  };
  return (
    <Card title={t("session.file.title")}>
      <p>{t(`session.file.text.${session.wallet === "local" ? "local" : "wallet"}`)}</p>
      <form className="form" onSubmit={submit} noValidate>
        <Field
          label={t("session.passphrase")}
          hint={t("session.file.passphrase.hint")}
          type="password"
          autoComplete="current-password"
          value={passphrase}
          onChange={setPassphrase}
        />
        <Button type="submit" busy={busy}>
          {t("session.file.save")}
        </Button>
      </form>
      {error !== undefined && <ErrorNotice error={error} />}
    </Card>
  );
}
