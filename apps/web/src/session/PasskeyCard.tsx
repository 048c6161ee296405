import { Fingerprint, Trash2 } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Confirm } from "../ui/Confirm";
import { ErrorNotice } from "../ui/ErrorNotice";
import { useToast } from "../ui/Toast";
import { addPasskey, hasPasskey, removePasskey } from "./accounts";
import { useAttempt } from "./attempt";
import { PassphraseForm } from "./PassphraseForm";
import { passkeysOffered } from "./passkey";

/** The account's passkey in this browser: added with the passphrase, and removed, for instance when a phone was lost. */
export function PasskeyCard({ address }: { address: string }) {
  const t = useT();
  const [has, setHas] = useState<boolean>();
  const [error, setError] = useState<unknown>();
  const look = useCallback(() => hasPasskey(address).then(setHas, setError), [address]);
  useEffect(() => void look(), [look]);
  return (
    <Card title={t("session.passkey.title")}>
      {has === true && <Remove address={address} onDone={look} />}
      {has === false && <Add address={address} onDone={look} />}
      {error !== undefined && <ErrorNotice error={error} />}
    </Card>
  );
}

interface ChangeProps {
  address: string;
  onDone(): Promise<void>;
}

function Add({ address, onDone }: ChangeProps) {
  const t = useT();
  const [offered, setOffered] = useState<boolean>();
  const { busy, error, attempt } = useAttempt(t("session.passkey.added"));
  useEffect(() => void passkeysOffered().then(setOffered), []);
  const add = (passphrase: string) => attempt(() => addPasskey(address, passphrase).then(onDone));
  return (
    <>
      <p>{offered === false ? t("session.passkey.none") : t("session.passkey.text")}</p>
      {offered && (
        <PassphraseForm
          address={address}
          icon={Fingerprint}
          action={t("session.passkey.add")}
          busy={busy}
          onSubmit={add}
        />
      )}
      {error !== undefined && <ErrorNotice error={error} />}
    </>
  );
}

function Remove({ address, onDone }: ChangeProps) {
  const t = useT();
  const say = useToast();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    await removePasskey(address);
    say(t("session.passkey.removed"));
    await onDone();
  };
  return (
    <>
      <p>{t("session.passkey.there")}</p>
      <div className="actions">
        <Button icon={Trash2} onClick={() => setAsking(true)}>
          {t("session.passkey.remove")}
        </Button>
      </div>
      <Confirm
        open={asking}
        kind="danger"
        title={t("session.passkey.remove.title")}
        consequences={[
          t("session.passkey.remove.no_more"),
          t("session.passkey.remove.passphrase"),
          t("session.passkey.remove.entry"),
        ]}
        action={t("session.passkey.remove")}
        onConfirm={remove}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
