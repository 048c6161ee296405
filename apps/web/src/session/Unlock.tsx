import { Fingerprint, LockOpen, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Confirm } from "../ui/Confirm";
import { ErrorNotice } from "../ui/ErrorNotice";
import { shortened } from "../ui/Text";
import { forgetAccount } from "./accounts";
import { useAttempt } from "./attempt";
import type { KeptAccount } from "./database";
import { PassphraseForm } from "./PassphraseForm";
import { useSessionControl } from "./Session";

/** One account that this browser knows: unlocked by passphrase or passkey, or removed. */
export function Unlock({ kept, onForgotten }: { kept: KeptAccount; onForgotten(): void }) {
  const t = useT();
  const { unlock } = useSessionControl();
  const { busy, error, attempt } = useAttempt();
  const passkey = usePasskeyPrompt(kept.address);
  const [leaving, setLeaving] = useState(false);
  const submit = (passphrase: string) => {
    passkey.giveUp();
    return attempt(() => unlock(kept.address, passphrase));
  };
  return (
    <Card title={kept.label} aside={<code title={kept.address}>{shortened(kept.address)}</code>}>
      <PassphraseForm
        address={kept.address}
        kind="primary"
        icon={LockOpen}
        action={busy ? t("session.unlocking") : t("session.unlock")}
        busy={busy}
        onSubmit={submit}
      >
        {kept.passkey && (
          // one button for both: the keyboard stays where it is
          <Button
            icon={passkey.asking ? X : Fingerprint}
            busy={busy}
            onClick={passkey.asking ? passkey.giveUp : passkey.ask}
          >
            {t(passkey.asking ? "session.unlock.passkey.cancel" : "session.unlock.passkey")}
          </Button>
        )}
        <Button kind="quiet" onClick={() => setLeaving(true)}>
          {t("session.forget")}
        </Button>
      </PassphraseForm>
      {error !== undefined && <ErrorNotice error={error} />}
      {passkey.error !== undefined && <ErrorNotice error={passkey.error} />}
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

/** The platform's prompt, which may hang: the passphrase can be typed meanwhile, and whoever gave up waits no more. */
function usePasskeyPrompt(address: string) {
  const { unlockByPasskey } = useSessionControl();
  const { busy: asking, error, attempt } = useAttempt();
  const prompt = useRef<AbortController>(undefined);
  const giveUp = () => prompt.current?.abort();
  useEffect(() => () => prompt.current?.abort(), []);
  const ask = () => {
    prompt.current = new AbortController();
    const { signal } = prompt.current;
    const givenUp = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    void attempt(() => Promise.race([givenUp, unlockByPasskey(address, signal)]));
  };
  return { asking, error, ask, giveUp };
}
