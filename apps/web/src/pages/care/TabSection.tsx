import { type ReactNode, useId } from "react";

/** What a tab holds, under a heading that is read out: the cards in it are a level below. */
export function TabSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="visually-hidden">
        {title}
      </h2>
      {children}
    </section>
  );
}
