import { Lock } from "lucide-react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Card, Facts } from "../ui/Card";
import { Page } from "../ui/Page";
import { Address } from "../ui/Text";
import { AccountFileCard } from "./AccountFileCard";
import { CacheCard } from "./CacheCard";
import { PasskeyCard } from "./PasskeyCard";
import { PassphraseCard } from "./PassphraseCard";
import { StorageState } from "./StorageState";
import { useSession } from "./useSession";

/** The account itself: what it is on the chain, how it is locked here. */
export function AccountPage() {
  const t = useT();
  const { address, label, wallet, roles, demo, lock } = useSession();
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
        {!demo && <StorageState />}
      </Card>
      {!demo && <AccountFileCard />}
      {!demo && <PassphraseCard address={address} />}
      {!demo && <PasskeyCard address={address} />}
      <CacheCard />
    </Page>
  );
}
