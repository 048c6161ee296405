import type { ReactNode } from "react";
import { useId } from "react";

interface CardProps {
  title?: ReactNode;
  /** Beside the title: a state, a button. */
  aside?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}

/** A part of a page with a heading of its own (level 2). */
export function Card({ title, aside, actions, children }: CardProps) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={title ? id : undefined}>
      {(title || aside) && (
        <header className="card-head">
          {title && <h2 id={id}>{title}</h2>}
          {aside}
        </header>
      )}
      {children}
      {actions && <div className="actions">{actions}</div>}
    </section>
  );
}

/** Cards side by side where there is room. */
export function Cards({ children }: { children: ReactNode }) {
  return <div className="cards">{children}</div>;
}

/** Names and values. */
export function Facts({ of }: { of: readonly { name: ReactNode; value: ReactNode; key?: string }[] }) {
  return (
    <dl className="facts">
      {of.map(({ name, value, key }, i) => (
        <div key={key ?? i}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface EmptyProps {
  title: ReactNode;
  /** What to do to have something here. */
  children?: ReactNode;
  actions?: ReactNode;
}

export function Empty({ title, children, actions }: EmptyProps) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children}
      {actions && <div className="actions">{actions}</div>}
    </div>
  );
}
