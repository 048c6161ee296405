import { type FormEvent, useState } from "react";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Field, FileField, Radios, TextArea } from "../../../ui/Field";
import { Notice } from "../../../ui/State";
import { losesNothing } from "../../../worker/loss";
import type { OpenedKeys } from "../../../worker/patient";
import { core } from "../../../worker/pool";
import { usePatient } from "../lib/patient";
import { useReopen } from "./agent";
import { LossConfirm } from "./LossConfirm";

type By = "passphrase" | "shares";

/** Takes keys from a file: a backup under a passphrase, or one that guardians open together. */
export function RestoreCard() {
  const t = useT();
  const { patient } = usePatient();
  const { secrets, saveSecrets } = useSession();
  const reopen = useReopen();
  const [by, setBy] = useState<By>("passphrase");
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState("");
  const [lines, setLines] = useState("");
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [other, setOther] = useState<string>();
  const [asking, setAsking] = useState<OpenedKeys>();
  const [error, setError] = useState<unknown>();

  const replace = async ({ keyring }: OpenedKeys) => {
    // what was compared with the file: other keys, which another window saved meanwhile, are not to be lost unseen
    await saveSecrets({ keyring }, { keyring: secrets.keyring });
    reopen();
    setDone(true);
    setPassphrase("");
    setLines("");
  };
  const restore = async (event: FormEvent) => {
    event.preventDefault();
    if (!file || busy) return;
    setBusy(true);
    setDone(false);
    setOther(undefined);
    setError(undefined);
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { identity = "", keyring: held } = secrets;
      const opened =
        by === "passphrase"
          ? await core().ask("unlockKeys", { file: bytes, passphrase, identity, held })
          : await core().ask("recoverKeys", {
              file: bytes,
              lines: lines.split(/\s+/).filter((line) => line !== ""),
              identity,
              held,
            });
      if (opened.patient !== patient) setOther(opened.patient);
      else if (losesNothing(opened.loss)) await replace(opened);
      else setAsking(opened);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title={t("patient.restore.title")}>
      <p>{t("patient.restore.lead")}</p>
      <form className="form" onSubmit={(event) => void restore(event)} noValidate>
        <Radios
          legend={t("patient.restore.by")}
          options={[
            { value: "passphrase", label: t("patient.restore.by.passphrase") },
            { value: "shares", label: t("patient.restore.by.shares"), hint: t("patient.restore.by.shares.hint") },
          ]}
          value={by}
          onChange={setBy}
        />
        <FileField label={t("patient.restore.file")} onChoose={setFile} />
        {by === "passphrase" ? (
          <Field
            type="password"
            autoComplete="off"
            label={t("patient.restore.passphrase")}
            value={passphrase}
            onChange={setPassphrase}
          />
        ) : (
          <TextArea
            label={t("patient.restore.lines")}
            hint={t("patient.restore.lines.hint")}
            spellCheck={false}
            autoComplete="off"
            value={lines}
            onChange={setLines}
          />
        )}
        <Button type="submit" busy={busy} disabled={!file}>
          {t(busy ? "patient.restore.busy" : "patient.restore.action")}
        </Button>
      </form>
      {done && <Notice level="good" title={t("patient.restore.done")} />}
      {other !== undefined && (
        <Notice level="danger" title={t("patient.restore.other")}>
          <p>{t("patient.restore.other.text", { other, patient })}</p>
        </Notice>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
      {asking && (
        <LossConfirm loss={asking.loss} onConfirm={() => replace(asking)} onClose={() => setAsking(undefined)} />
      )}
    </Card>
  );
}
