import type { GrantInfo } from "@cw-vitals/client/consent";
import { useEffect } from "react";
import type { ChainData } from "../../../data/chain";
import { CATEGORIES } from "../../../data/measures";
import { aboutReadings } from "../../../data/read";
import { useSession } from "../../../session/useSession";
import { readable } from "./reads";

/**
 * Deletes what this browser kept of categories that no grant opens any more, also where access ended while nobody
 * looked. Not while something is being read, which is kept as it comes.
 */
export function useForgetful(patient: string, access: ChainData<GrantInfo[]>, nowS: number, reading: boolean): void {
  const { cache } = useSession();
  const { data, stale } = access;
  const ended = data && !stale && !reading ? CATEGORIES.filter((one) => !readable(data, nowS).has(one)).join() : "";
  useEffect(() => {
    for (const category of CATEGORIES.filter((one) => ended.split(",").includes(one)))
      void cache.forget(aboutReadings(patient, category));
  }, [cache, patient, ended]);
}
