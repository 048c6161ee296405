import { type FormEvent, useState } from "react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { ErrorNotice } from "../ui/ErrorNotice";
import { Field, FileField } from "../ui/Field";
import { openAccountFile } from "./account-file";
import { useAttempt } from "./attempt";
import { useSessionControl } from "./Session";

/** Sets an account up in this browser from its file; the file's passphrase is its passphrase here, too. */
export function OpenAccountFile() {
  const t = useT();
  const { network, restore } = useSessionControl();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState("");
  const { busy, error, attempt } = useAttempt();
  const open = async (chosen: File) => {
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    await restore(await openAccountFile(network, bytes, passphrase), passphrase);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file && !busy) void attempt(() => open(file));
  };
  return (
    <Card title={t("session.file.open.title")}>
      <p>{t("session.file.open.text")}</p>
      <form className="form" onSubmit={submit} noValidate>
        <FileField label={t("session.file.open.file")} accept=".age" onChoose={setFile} />
        <Field
          label={t("session.file.passphrase")}
          type="password"
          autoComplete="off"
          value={passphrase}
          onChange={setPassphrase}
        />
        <Button type="submit" busy={busy} disabled={!file}>
          {t("session.file.open.action")}
        </Button>
      </form>
      {error !== undefined && <ErrorNotice error={error} />}
    </Card>
  );
}
