import { useNow } from "../ui/When";
import { useHead } from "./live";

/**
 * What time it is for whatever judges how old a reading is. A clock that is slow would make an old reading current: it is
 * never before the newest block. One that is fast is told as a chain that is behind (`live-store.ts`).
 */
export const clockAt = (browserMs: number, headMs: number | undefined) => Math.max(browserMs, headMs ?? 0);

/** Asked when something is judged. */
export function useClock(): () => number {
  const head = useHead();
  return () => clockAt(Date.now(), head()?.timeMs);
}

/** Renewed every `everyMs`, as `useNow`. */
export function useClockEach(everyMs: number): number {
  return clockAt(useNow(everyMs), useHead()()?.timeMs);
}
