import { type FormEvent, useState } from "react";
import { useT } from "../../../i18n";
import { faultOf, SHORTEST_PASSPHRASE } from "../../../session/new-passphrase";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Field } from "../../../ui/Field";
import { Notice } from "../../../ui/State";
import { core } from "../../../worker/pool";
import { download } from "../lib/download";
import { usePatient } from "../lib/patient";

/** A copy of the keys as a file under a passphrase: without one, a lost browser is lost data. */
export function BackupCard({ onDone }: { onDone?: () => void }) {
  const { patient } = usePatient();
  return <Backup patient={patient} {...(onDone && { onDone })} />;
}

export function Backup({ patient, onDone }: { patient: string; onDone?: () => void }) {
  const t = useT();
  const { secrets } = useSession();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<unknown>();
  const fault = faultOf(passphrase, again);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (fault || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      const { keyring = "", identity = "" } = secrets;
      download(`vitals-keys-${patient}.age`, await core().ask("lockKeys", { keyring, identity, passphrase }));
      setDone(true);
      setPassphrase("");
      setAgain("");
      setTried(false);
      onDone?.();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title={t("patient.backup.title")}>
      <p>{t("patient.backup.lead")}</p>
      <form className="form" onSubmit={(event) => void save(event)} noValidate>
        <Field
          type="password"
          autoComplete="new-password"
          label={t("patient.backup.passphrase")}
          hint={t("patient.backup.passphrase.hint", { shortest: SHORTEST_PASSPHRASE })}
          error={tried && fault === "short" ? t("patient.backup.short", { shortest: SHORTEST_PASSPHRASE }) : undefined}
          value={passphrase}
          onChange={setPassphrase}
        />
        <Field
          type="password"
          autoComplete="new-password"
          label={t("patient.backup.again")}
          error={tried && fault === "differs" ? t("patient.backup.differs") : undefined}
          value={again}
          onChange={setAgain}
        />
        <Button kind="primary" type="submit" busy={busy}>
          {t(busy ? "patient.backup.busy" : "patient.backup.action")}
        </Button>
      </form>
      {done && (
        <Notice level="good" title={t("patient.backup.done")}>
          <p>{t("patient.backup.done.text")}</p>
        </Notice>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
    </Card>
  );
}
