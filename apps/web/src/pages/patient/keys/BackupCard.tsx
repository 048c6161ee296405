import { type FormEvent, useState } from "react";
import { useT } from "../../../i18n";
import { NewPassphraseFields, useNewPassphrase } from "../../../session/NewPassphraseFields";
import { SHORTEST_PASSPHRASE } from "../../../session/new-passphrase";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { download } from "../../../ui/download";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Notice } from "../../../ui/State";
import { core } from "../../../worker/pool";
import { usePatient } from "../lib/patient";

/** A copy of the keys as a file under a passphrase: without one, a lost browser is lost data. */
export function BackupCard({ onDone }: { onDone?: () => void }) {
  const { patient } = usePatient();
  return <Backup patient={patient} {...(onDone && { onDone })} />;
}

export function Backup({ patient, onDone }: { patient: string; onDone?: () => void }) {
  const t = useT();
  const { secrets } = useSession();
  const passphrase = useNewPassphrase();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<unknown>();

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!passphrase.check() || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      const { keyring = "", identity = "" } = secrets;
      download(
        `vitals-keys-${patient}.age`,
        await core().ask("lockKeys", { keyring, identity, passphrase: passphrase.value }),
      );
      setDone(true);
      passphrase.clear();
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
        <NewPassphraseFields
          of={passphrase}
          words={{
            label: t("patient.backup.passphrase"),
            hint: t("patient.backup.passphrase.hint", { shortest: SHORTEST_PASSPHRASE }),
            again: t("patient.backup.again"),
            short: t("patient.backup.short", { shortest: SHORTEST_PASSPHRASE }),
            differs: t("patient.backup.differs"),
          }}
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
