import type { LucideIcon } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useT } from "../i18n";
import { Button, type ButtonKind } from "../ui/Button";
import { Field } from "../ui/Field";

interface PassphraseFormProps {
  /** Whose passphrase it is. */
  address: string;
  hint?: string;
  kind?: ButtonKind;
  icon?: LucideIcon;
  /** What it is asked for. */
  action: string;
  busy: boolean;
  /** Gives whether it worked: what was typed stays until then. */
  onSubmit(passphrase: string): Promise<boolean>;
  /** Further buttons. */
  children?: ReactNode;
}

/** Asks for an account's passphrase in this browser, for one thing. */
export function PassphraseForm(props: PassphraseFormProps) {
  const { address, hint, action, busy, onSubmit, children, ...look } = props;
  const t = useT();
  const [passphrase, setPassphrase] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!busy && (await onSubmit(passphrase))) setPassphrase("");
  };
  return (
    <form className="form" onSubmit={submit}>
      {/* for password managers */}
      <input
        type="text"
        className="visually-hidden"
        autoComplete="username"
        value={address}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <Field
        label={t("session.passphrase")}
        hint={hint}
        type="password"
        autoComplete="current-password"
        value={passphrase}
        onChange={setPassphrase}
        required
      />
      <div className="actions">
        <Button {...look} type="submit" busy={busy}>
          {action}
        </Button>
        {children}
      </div>
    </form>
  );
}
