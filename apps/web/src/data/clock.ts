import { useEffect, useState } from "react";
import { useHead } from "./live";

/**
 * What time it is for whatever shows or judges how old something is, or when it ends. A clock that is slow would make an
 * old reading current: it is never before the newest block. One that is fast is told as a chain that is behind (`live-store.ts`).
 */
export const clockAt = (browserMs: number, headMs: number | undefined) => Math.max(browserMs, headMs ?? 0);

/** Asked when something is judged. */
export function useClock(): () => number {
  const head = useHead();
  return () => clockAt(Date.now(), head()?.timeMs);
}

/** Renewed every `everyMs`: for what shows an age, or ends at a time. */
export function useClockEach(everyMs: number): number {
  const [browserMs, setBrowserMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setBrowserMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return clockAt(browserMs, useHead()()?.timeMs);
}
