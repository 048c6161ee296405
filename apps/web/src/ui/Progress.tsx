import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useT } from "../i18n";
import { Furthest, workAdvanced } from "../session/life";
import { Button } from "./Button";

interface ProgressProps {
  label: ReactNode;
  done: number;
  /** 0 while it is not known. */
  total: number;
  onCancel?(): void;
}

/** How far long work is, with a way to stop it. While it gets further, the app does not lock under it. */
export function Progress({ label, done, total, onCancel }: ProgressProps) {
  const t = useT();
  const id = useId();
  const [begunAt] = useState(() => Date.now());
  const [furthest] = useState(() => new Furthest());
  const part = typeof label === "string" ? label : "";
  useEffect(() => {
    if (furthest.advances(part, done)) workAdvanced(begunAt);
  }, [furthest, begunAt, part, done]);
  return (
    <div className="progress">
      <span id={id}>
        {label} {total > 0 && t("ui.progress.of", { done, total })}
      </span>
      <progress aria-labelledby={id} max={total || undefined} value={total ? done : undefined} />
      {onCancel && (
        <Button icon={X} onClick={onCancel}>
          {t("ui.cancel")}
        </Button>
      )}
    </div>
  );
}

/** While something is fetched that takes moments. */
export function Loading({ label }: { label?: ReactNode }) {
  const t = useT();
  return (
    <p className="loading" role="status">
      <span className="loading-dots" aria-hidden="true" />
      {label ?? t("ui.loading")}
    </p>
  );
}
