import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useT } from "../i18n";
import { IconButton } from "./Button";

interface DialogProps {
  title: ReactNode;
  open: boolean;
  onClose(): void;
  children: ReactNode;
  /** Buttons at the foot. */
  actions?: ReactNode;
}

/** A modal dialog: the browser's own, so focus stays inside, Escape closes, and focus goes back. */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({ title, onClose, children, actions }: Omit<DialogProps, "open">) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  const t = useT();
  // closed while it is still in the document: else the browser gives focus back to nothing
  useLayoutEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const cancelled = (event: { preventDefault(): void }) => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog ref={box} className="dialog" aria-labelledby={id} onCancel={cancelled}>
      <header className="dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton icon={X} label={t("ui.close")} onClick={onClose} />
      </header>
      <div className="dialog-body">{children}</div>
      {actions && <footer className="actions dialog-foot">{actions}</footer>}
    </dialog>
  );
}
