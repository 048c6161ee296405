import type { LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link } from "react-router";

export type ButtonKind = "primary" | "secondary" | "danger" | "quiet";

interface Look {
  kind?: ButtonKind;
  icon?: LucideIcon;
  children: ReactNode;
}

interface ButtonProps extends Look, Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children"> {
  /** Shows that it works, and takes no second click. */
  busy?: boolean;
}

export function Button({ kind = "secondary", icon: Icon, busy, children, ...rest }: ButtonProps) {
  const click = busy ? undefined : rest.onClick;
  return (
    <button
      type="button"
      {...rest}
      onClick={click}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      className={`button button-${kind} ${rest.className ?? ""}`}
    >
      {Icon && <Icon aria-hidden="true" className="icon" />}
      <span>{children}</span>
    </button>
  );
}

/** A link that looks like a button: for going somewhere, not for doing something. */
export function ButtonLink({ kind = "secondary", icon: Icon, children, to }: Look & { to: string }) {
  return (
    <Link to={to} className={`button button-${kind}`}>
      {Icon && <Icon aria-hidden="true" className="icon" />}
      <span>{children}</span>
    </Link>
  );
}

/** Only an icon: the label is read out and shown as a tip. */
export function IconButton({
  icon: Icon,
  label,
  ...rest
}: { icon: LucideIcon; label: string } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button type="button" {...rest} aria-label={label} title={label} className="button button-quiet button-icon">
      <Icon aria-hidden="true" className="icon" />
    </button>
  );
}
