import type { Vitals } from "@cw-vitals/client";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { type ChainData, useChain } from "../../data/chain";
import { useSession } from "../../session/useSession";
import { type Kept, merged, NOTHING_KEPT } from "./kept-list";

export interface Followed {
  /** Patients to show: those found, and those added by hand. */
  patients: readonly string[];
  /** What the node's index of events gave. */
  found: ChainData<string[]>;
  /** A name for a patient, known to this browser alone. */
  nameOf(patient: string): string | undefined;
  add(patient: string): void;
  /** Takes it off the list, until it is added again. */
  hide(patient: string): void;
  rename(patient: string, name: string): void;
}

const Context = createContext<Followed | undefined>(undefined);

interface FollowedProps {
  /** Where the list is kept: one for each role. */
  list: "ward" | "in-care";
  discover(vitals: Vitals, account: string): Promise<string[]>;
  children: ReactNode;
}

/** The patients of a role's list, shared by its pages. What is kept of it is sealed, as everything in the cache is. */
export function FollowedProvider({ list, discover, children }: FollowedProps) {
  const { address, cache } = useSession();
  const found = useChain([list, "found"], (vitals) => discover(vitals, address), { contracts: ["consent"] });
  const [kept, setKept] = useState<Kept>();
  const entry = `care/${list}`;

  useEffect(() => {
    let current = true;
    void cache.get<Kept>(entry).then((before) => current && setKept(before?.value ?? NOTHING_KEPT));
    return () => {
      current = false;
    };
  }, [cache, entry]);

  const change = useCallback(
    (how: (before: Kept) => Kept) =>
      setKept((before) => {
        const after = how(before ?? NOTHING_KEPT);
        void cache.put(entry, after);
        return after;
      }),
    [cache, entry],
  );

  const value = useMemo<Followed>(() => {
    const { added, hidden, names } = kept ?? NOTHING_KEPT;
    return {
      patients: merged(found.data ?? [], kept ?? NOTHING_KEPT),
      found,
      nameOf: (patient) => names[patient],
      add: (patient) =>
        change(() => ({
          added: [...new Set([...added, patient])],
          hidden: hidden.filter((one) => one !== patient),
          names,
        })),
      hide: (patient) =>
        change(() => ({
          added: added.filter((one) => one !== patient),
          hidden: [...new Set([...hidden, patient])],
          names,
        })),
      rename: (patient, name) => change(() => ({ added, hidden, names: { ...names, [patient]: name } })),
    };
  }, [found, kept, change]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useFollowed(): Followed {
  const followed = useContext(Context);
  if (!followed) throw new Error("useFollowed outside of FollowedProvider");
  return followed;
}
