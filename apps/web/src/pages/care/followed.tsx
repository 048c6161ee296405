import type { Vitals } from "@cw-vitals/client";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { type ChainData, useChain } from "../../data/chain";
import { useSession } from "../../session/useSession";
import type { Found } from "./discover";
import { type Kept, listed, NOTHING_KEPT, named, takenOff, takenOn } from "./kept-list";

export interface Followed {
  /** Patients that were taken on the list. */
  patients: readonly string[];
  /** Patients that the index names and that are not on the list, the newest first. */
  fresh: readonly string[];
  /** It is known who is on the list. */
  known: boolean;
  /** The index names more than were looked through. */
  cut: boolean;
  /** What the node's index of events gave. */
  found: ChainData<Found>;
  /** Why the list could not be opened, or not be kept. */
  unkept: unknown;
  /** A name for a patient, known to this browser alone. */
  nameOf(patient: string): string | undefined;
  /** Each is kept once it returns. */
  add(patient: string): Promise<void>;
  /** Takes it off the list, until it is added again. */
  hide(patient: string): Promise<void>;
  rename(patient: string, name: string): Promise<void>;
}

const Context = createContext<Followed | undefined>(undefined);

interface FollowedProps {
  /** Where the list is kept: one for each role. */
  list: "ward" | "in-care";
  discover(vitals: Vitals, account: string): Promise<Found>;
  children: ReactNode;
}

/** Each look takes as many pages of the index as there are events that name the account, and anybody can have it named. */
const FOUND = { contracts: ["consent"], restMs: 10_000 } as const;

/** The patients of a role's list, shared by its pages. */
export function FollowedProvider({ list, discover, children }: FollowedProps) {
  const { address } = useSession();
  const found = useChain([list, "named"], (vitals) => discover(vitals, address), FOUND);
  const { kept, error, change } = useKept(`care/${list}`);
  const value = useMemo<Followed>(() => {
    const { data } = found;
    return {
      // nobody is new before it is known who is on the list
      ...(kept ? listed(data?.named ?? [], kept) : { patients: [], fresh: [] }),
      known: kept !== undefined,
      cut: data?.cut ?? false,
      found,
      unkept: error,
      nameOf: (patient) => kept?.names[patient],
      add: (patient) => change((before) => takenOn(before, patient)),
      hide: (patient) => change((before) => takenOff(before, patient)),
      rename: (patient, name) => change((before) => named(before, patient, name)),
    };
  }, [found, kept, error, change]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** The list is a person's own work: it never makes room, and one that does not open is told, not begun anew. */
function useKept(entry: string) {
  const { notes } = useSession();
  const [kept, setKept] = useState<Kept>();
  const [error, setError] = useState<unknown>();
  const changing = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => {
    let current = true;
    notes.get<Kept>(entry).then(
      (before) => current && setKept(before ?? NOTHING_KEPT),
      (failure: unknown) => {
        if (!current) return;
        setError(failure);
        // everybody who is found is shown, as new
        setKept(NOTHING_KEPT);
      },
    );
    return () => {
      current = false;
    };
  }, [notes, entry]);

  const change = useCallback(
    (how: (before: Kept) => Kept) => {
      // one after the other, each upon what is kept by then: another window may have changed it
      const changed = changing.current.then(async () => {
        const after = how((await notes.get<Kept>(entry)) ?? NOTHING_KEPT);
        await notes.put(entry, after);
        setKept(after);
        setError(undefined);
      });
      changing.current = changed.catch(setError);
      return changed;
    },
    [notes, entry],
  );
  return { kept, error, change };
}

export function useFollowed(): Followed {
  const followed = useContext(Context);
  if (!followed) throw new Error("useFollowed outside of FollowedProvider");
  return followed;
}
