import { Fingerprint, Lock } from "lucide-react";
import { useEffect, useState } from "react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Card, Facts } from "../ui/Card";
import { ErrorNotice } from "../ui/ErrorNotice";
import { Field } from "../ui/Field";
import { Page } from "../ui/Page";
import { Address } from "../ui/Text";
import { useToast } from "../ui/Toast";
import { addPasskey, changePassphrase } from "./accounts";
import { passkeysOffered } from "./passkey";
import { useSession } from "./useSession";

/** The account itself: what it is on the chain, how it is locked here. */
export function AccountPage() {
  const t = useT();
  const { address, label, wallet, roles, demo, lock, cache } = useSession();
  const say = useToast();
  const clear = async () => {
    await cache.clear();
    say(t("session.cache.cleared"));
  };
  return (
    <Page
      title={t("session.account.title")}
      actions={
        <Button icon={Lock} onClick={lock}>
          {t("shell.lock")}
        </Button>
      }
    >
      <Card title={label}>
        <Facts
          of={[
            { name: t("session.address"), value: <Address of={address} whole /> },
            { name: t("session.wallet"), value: t(`session.wallet.${wallet}`) },
            { name: t("shell.role"), value: roles.map((role) => t(`shell.role.${role}`)).join(", ") },
          ]}
        />
      </Card>
      {!demo && <PassphraseCard address={address} />}
      {!demo && <PasskeyCard address={address} />}
      <Card title={t("session.cache.title")} actions={<Button onClick={clear}>{t("session.cache.clear")}</Button>}>
        <p>{t("session.cache.text")}</p>
      </Card>
    </Page>
  );
}

function useAttempt(done: string) {
  const say = useToast();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      say(done);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, attempt };
}

function PassphraseCard({ address }: { address: string }) {
  const t = useT();
  const { busy, error, attempt } = useAttempt(t("session.passphrase.changed"));
  const [before, setBefore] = useState("");
  const [after, setAfter] = useState("");
  return (
    <Card title={t("session.passphrase.change")}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(() => changePassphrase(address, before, after));
        }}
      >
        <Field
          label={t("session.passphrase")}
          type="password"
          autoComplete="current-password"
          value={before}
          onChange={setBefore}
        />
        <Field
          label={t("session.passphrase.new")}
          type="password"
          autoComplete="new-password"
          value={after}
          onChange={setAfter}
        />
        <Button type="submit" busy={busy}>
          {t("session.passphrase.change")}
        </Button>
      </form>
      {error !== undefined && <ErrorNotice error={error} />}
    </Card>
  );
}

function PasskeyCard({ address }: { address: string }) {
  const t = useT();
  const [offered, setOffered] = useState<boolean>();
  const [passphrase, setPassphrase] = useState("");
  const { busy, error, attempt } = useAttempt(t("session.passkey.added"));
  useEffect(() => void passkeysOffered().then(setOffered), []);
  return (
    <Card title={t("session.passkey.title")}>
      <p>{offered === false ? t("session.passkey.none") : t("session.passkey.text")}</p>
      {offered && (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            void attempt(() => addPasskey(address, passphrase));
          }}
        >
          <Field
            label={t("session.passphrase")}
            type="password"
            autoComplete="current-password"
            value={passphrase}
            onChange={setPassphrase}
          />
          <Button type="submit" icon={Fingerprint} busy={busy}>
            {t("session.passkey.add")}
          </Button>
        </form>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
    </Card>
  );
}
