import { useCallback, useEffect, useState } from "react";
import { useSession } from "../../../session/useSession";
import type { Observed } from "../../../worker/care";

/** What somebody saw at the bedside, kept sealed in this browser alone. It counts for an hour, as readings do. */
export function useObserved(patient: string): [Observed, (change: Observed) => void] {
  const { cache } = useSession();
  const [observed, setObserved] = useState<Observed>({});
  const entry = `care/observed/${patient}`;
  useEffect(() => {
    let current = true;
    void cache.get<Observed>(entry).then((kept) => current && kept && setObserved(kept.value));
    return () => {
      current = false;
    };
  }, [cache, entry]);
  const observe = useCallback(
    (change: Observed) =>
      setObserved((before) => {
        const after = { ...before, ...change };
        void cache.put(entry, after);
        return after;
      }),
    [cache, entry],
  );
  return [observed, observe];
}
