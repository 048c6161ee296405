import { useT } from "../i18n";
import { Card } from "../ui/Card";
import { download } from "../ui/download";
import { ErrorNotice } from "../ui/ErrorNotice";
import { accountFile } from "./account-file";
import { provePassphrase } from "./accounts";
import { useAttempt } from "./attempt";
import { PassphraseForm } from "./PassphraseForm";
import { useSession } from "./useSession";

/**
 * A copy of all that only this browser has of the account, for every role. Under the account's own passphrase, which is
 * asked for: whoever finds an unlocked screen cannot take the account along.
 */
export function AccountFileCard() {
  const t = useT();
  const session = useSession();
  const { busy, error, attempt } = useAttempt(t("session.file.saved"));
  const save = async (passphrase: string) => {
    await provePassphrase(session.address, passphrase);
    const file = await accountFile(session.network, session, passphrase);
    download(`vitals-account-${session.address}.age`, file);
  };
  return (
    <Card title={t("session.file.title")}>
      <p>{t(`session.file.text.${session.wallet === "local" ? "local" : "wallet"}`)}</p>
      <PassphraseForm
        address={session.address}
        hint={t("session.file.passphrase.hint")}
        action={t("session.file.save")}
        busy={busy}
        onSubmit={(passphrase) => attempt(() => save(passphrase))}
      />
      {error !== undefined && <ErrorNotice error={error} />}
    </Card>
  );
}
