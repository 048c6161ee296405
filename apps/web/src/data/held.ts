import { useEffect, useRef, useState } from "react";

/** Reading and judging what just came takes less, as a rule. */
const HOLD_MS = 2_000;

/**
 * What was last said in full, while it is worked out anew: for moments at most, so that a page does not say "not known"
 * with every reading that comes. What takes longer is told as it is.
 */
export function useHeld<Said>(now: Said, settled: boolean): Said {
  const last = useRef<{ said: Said }>(undefined);
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (settled) return setLate(false);
    const timer = setTimeout(() => setLate(true), HOLD_MS);
    return () => clearTimeout(timer);
  }, [settled]);
  useEffect(() => {
    last.current = settled ? { said: now } : last.current;
  }, [settled, now]);
  return settled || late || !last.current ? now : last.current.said;
}
