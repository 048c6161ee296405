import { type FormEvent, useState } from "react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { ErrorNotice } from "../ui/ErrorNotice";
import { Field, Radios, TextArea } from "../ui/Field";
import { Notice } from "../ui/State";
import { useAttempt } from "./attempt";
import { DrawnWordsFields, useDrawnWords } from "./DrawnWords";
import { newIdentity, newMnemonic } from "./make";
import { NewPassphraseFields, useNewPassphrase } from "./NewPassphraseFields";
import { SHORTEST_PASSPHRASE } from "./new-passphrase";
import { accountFor, useSessionControl } from "./Session";
import type { Secrets, WalletKind } from "./types";

/** A new account for this browser: which wallet signs, what it is called, under which passphrase its keys are kept. */
export function NewAccount({ known }: { known: boolean }) {
  const t = useT();
  const { network } = useSessionControl();
  const offered = offeredWallets(network.local === true);
  const [wallet, setWallet] = useState<WalletKind>();
  const [words, setWords] = useState<string>();
  const begin = async (kind: WalletKind) => {
    // other words than those that somebody writes down just now would be somebody else's account
    if (kind === wallet) return;
    setWords(kind === "local" ? await newMnemonic() : undefined);
    setWallet(kind);
  };
  return (
    <Card title={known ? t("session.new.another") : t("session.new.title")}>
      <p>{t("session.new.wallet")}</p>
      {offered.length === 0 && <Notice level="note">{t("session.new.no_wallet")}</Notice>}
      <div className="actions">
        {offered.map((kind) => (
          <Button key={kind} kind={kind === wallet ? "primary" : "secondary"} onClick={() => begin(kind)}>
            {t(`session.wallet.${kind}`)}
          </Button>
        ))}
      </div>
      {wallet && <Details key={wallet} wallet={wallet} mnemonic={words ?? ""} />}
    </Card>
  );
}

/** By the names that wallets put on the page; the client's own code comes with the first one that is used. */
function offeredWallets(local: boolean): WalletKind[] {
  const kinds: WalletKind[] = (["keplr", "leap"] as const).filter((kind) => kind in globalThis);
  return local ? [...kinds, "local"] : kinds;
}

/** @param mnemonic drawn for the built-in wallet */
function Details({ wallet, mnemonic }: { wallet: WalletKind; mnemonic: string }) {
  const t = useT();
  const { network, create } = useSessionControl();
  const [label, setLabel] = useState("");
  const passphrase = useNewPassphrase();
  const [origin, setOrigin] = useState<"new" | "mine">("new");
  const drawn = useDrawnWords(mnemonic);
  const [words, setWords] = useState("");
  const [identity, setIdentity] = useState("");
  const { busy, error, attempt } = useAttempt();

  const make = async () => {
    const secrets: Secrets = { identity: identity.trim() || (await newIdentity()) };
    if (wallet === "local") secrets.mnemonic = origin === "new" ? mnemonic : words.trim().replaceAll(/\s+/g, " ");
    const account = await accountFor(network, wallet, secrets);
    const name = label.trim() || t(`session.wallet.${wallet}`);
    await create(account, { label: name, wallet, secrets, passphrase: passphrase.value });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const written = wallet !== "local" || origin === "mine" || drawn.check();
    if (passphrase.check() && written && !busy) void attempt(make);
  };

  return (
    <form className="form" onSubmit={submit} noValidate>
      <Field
        label={t("session.label")}
        hint={t("session.label.hint")}
        optional
        value={label}
        onChange={setLabel}
        maxLength={40}
      />
      {wallet === "local" && (
        <>
          <Radios
            legend={t("session.words")}
            value={origin}
            onChange={setOrigin}
            options={[
              { value: "new", label: t("session.words.new") },
              { value: "mine", label: t("session.words.mine") },
            ]}
          />
          {origin === "new" ? (
            <DrawnWordsFields of={drawn} />
          ) : (
            <TextArea
              label={t("session.words.typed")}
              value={words}
              onChange={setWords}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </>
      )}
      <Field
        label={t("session.identity.own")}
        hint={t("session.identity.own.hint")}
        optional
        type="password"
        autoComplete="off"
        value={identity}
        onChange={setIdentity}
      />
      <NewPassphraseFields
        of={passphrase}
        words={{
          label: t("session.passphrase"),
          hint: t("session.passphrase.hint", { shortest: SHORTEST_PASSPHRASE }),
          again: t("session.passphrase.again"),
          short: t("session.passphrase.short", { shortest: SHORTEST_PASSPHRASE }),
          differs: t("session.passphrase.differs"),
        }}
      />
      <Button kind="primary" type="submit" busy={busy}>
        {busy ? t("session.creating") : t("session.create")}
      </Button>
      {error !== undefined && <ErrorNotice error={error} />}
    </form>
  );
}
