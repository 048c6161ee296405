import { Fingerprint, LockOpen } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Confirm } from "../ui/Confirm";
import { ErrorNotice } from "../ui/ErrorNotice";
import { Field } from "../ui/Field";
import { shortened } from "../ui/Text";
import { forgetAccount } from "./accounts";
import type { KeptAccount } from "./database";
import { useSessionControl } from "./Session";

/** One account that this browser knows: unlocked by passphrase or passkey, or removed. */
export function Unlock({ kept, onForgotten }: { kept: KeptAccount; onForgotten(): void }) {
  const t = useT();
  const { unlock, unlockByPasskey } = useSessionControl();
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [leaving, setLeaving] = useState(false);
  const attempt = async (open: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    // the component is gone once it is open
    await open().catch((failure: unknown) => {
      setError(failure);
      setBusy(false);
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) void attempt(() => unlock(kept.address, passphrase));
  };
  return (
    <Card title={kept.label} aside={<code title={kept.address}>{shortened(kept.address)}</code>}>
      <form className="form" onSubmit={submit}>
        <input
          type="text"
          className="visually-hidden"
          autoComplete="username"
          value={kept.address}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <Field
          label={t("session.passphrase")}
          type="password"
          autoComplete="current-password"
          value={passphrase}
          onChange={setPassphrase}
          required
        />
        <div className="actions">
          <Button kind="primary" icon={LockOpen} type="submit" busy={busy}>
            {busy ? t("session.unlocking") : t("session.unlock")}
          </Button>
          {kept.passkey && (
            <Button icon={Fingerprint} busy={busy} onClick={() => attempt(() => unlockByPasskey(kept.address))}>
              {t("session.unlock.passkey")}
            </Button>
          )}
          <Button kind="quiet" onClick={() => setLeaving(true)}>
            {t("session.forget")}
          </Button>
        </div>
      </form>
      {error !== undefined && <ErrorNotice error={error} />}
      <Confirm
        open={leaving}
        kind="danger"
        title={t("session.forget.title", { label: kept.label })}
        consequences={[t("session.forget.gone"), t("session.forget.stays"), t("session.forget.backup")]}
        action={t("session.forget")}
        onConfirm={async () => {
          await forgetAccount(kept.address);
          onForgotten();
        }}
        onClose={() => setLeaving(false)}
      />
    </Card>
  );
}
