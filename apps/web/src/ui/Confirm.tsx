import { type ReactNode, useState } from "react";
import { codeOf } from "../data/errors";
import { useT } from "../i18n";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { ErrorNotice } from "./ErrorNotice";
import { Check } from "./Field";
import { Notice } from "./State";

interface ConfirmProps {
  open: boolean;
  title: ReactNode;
  /** What will be so afterwards, in plain sentences. */
  consequences: readonly ReactNode[];
  /** The words on the button: what it does, not "OK". */
  action: string;
  kind?: "primary" | "danger";
  /** False while what was filled in cannot be sent. */
  ready?: boolean;
  /** What will be public for ever. Asks for a tick that it was understood before the button works. */
  publishes?: ReactNode;
  /** What does it. Closes when it is done; an error stays, and is shown. */
  onConfirm(): Promise<unknown>;
  onClose(): void;
  children?: ReactNode;
}

export function Confirm(props: ConfirmProps) {
  if (!props.open) return null;
  return <OpenConfirm {...props} />;
}

/** Mounted anew each time, so that no earlier tick or error is kept. */
function OpenConfirm(props: ConfirmProps) {
  const {
    title,
    consequences,
    action,
    kind = "primary",
    ready = true,
    publishes,
    onConfirm,
    onClose,
    children,
  } = props;
  const t = useT();
  const [understood, setUnderstood] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  // what left may still be included: not to be sent again before somebody looked
  const mayBeSent = codeOf(error) === "tx/timeout";
  const enabled = ready && (!publishes || understood) && !mayBeSent;
  const run = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const actions = (
    <>
      <Button disabled={busy} onClick={onClose}>
        {t(mayBeSent ? "ui.close" : "ui.cancel")}
      </Button>
      <Button kind={kind} busy={busy} disabled={!enabled} onClick={run}>
        {action}
      </Button>
    </>
  );
  return (
    <Dialog open title={title} onClose={busy ? () => undefined : onClose} actions={actions}>
      <Consequences of={consequences} />
      {children}
      {publishes && (
        <Notice level="danger" title={t("ui.confirm.publishes")}>
          {publishes}
          <Check label={t("ui.confirm.understood")} checked={understood} onChange={setUnderstood} />
        </Notice>
      )}
      {busy && <p role="status">{t("ui.confirm.waiting")}</p>}
      {error !== undefined && <ErrorNotice error={error} />}
    </Dialog>
  );
}

/** Sentences: each is one list entry. */
export function Consequences({ of }: { of: readonly ReactNode[] }) {
  return (
    <ul className="consequences">
      {of.map((sentence, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of sentences, never reordered
        <li key={i}>{sentence}</li>
      ))}
    </ul>
  );
}
