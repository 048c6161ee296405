import type { Vitals } from "@cw-vitals/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useOpenAccount } from "../session/useSession";
import { type Head, useHead, useStanding, useVitals } from "./live";
import type { RestsOn } from "./refresh";

export interface ChainData<Data> {
  /** Absent until it was asked for, or where it never was. */
  data: Data | undefined;
  /** The last attempt failed. Data of an earlier one is still there, and stale. */
  error: unknown;
  /** The block by which the data is so. */
  asOf: Head | undefined;
  /**
   * It may no longer be so: the node is away, the chain makes no blocks, the last attempt failed, or it is from an
   * earlier session.
   */
  stale: boolean;
  loading: boolean;
  refetch(): void;
}

interface Options extends RestsOn {
  /** Asks nothing while false: for what depends on an earlier answer. */
  enabled?: boolean;
  /** Asked anew so often: for what changes as time passes, without an event. */
  everyMs?: number;
}

interface Answer<Data> {
  data: Data;
  asOf: Head;
  /** From the browser's own keeping, not from the chain. */
  kept?: boolean;
}

/**
 * Asks the chain, shows what was kept until it answers, and asks anew when an event touches it.
 * @param key says what is asked, with all its arguments: equal keys share one answer
 */
export function useChain<Data>(
  key: readonly unknown[],
  ask: (vitals: Vitals) => Promise<Data>,
  options: Options = {},
): ChainData<Data> {
  const { address, cache } = useOpenAccount();
  const vitals = useVitals();
  const standing = useStanding();
  const headNow = useHead();
  const queries = useQueryClient();
  const { enabled = true, everyMs, ...meta } = options;
  const queryKey = [address, ...key];
  const name = `chain/${JSON.stringify(key)}`;

  const query = useQuery<Answer<Data>>({
    queryKey,
    meta: { ...meta },
    enabled: enabled && vitals !== undefined,
    refetchInterval: everyMs ?? false,
    queryFn: async () => {
      const client = vitals as Vitals;
      // the head first: what is answered is at least as new
      const asOf = headNow() ?? (await client.head());
      const data = await ask(client);
      void cache.put(name, { data, asOf });
      return { data, asOf };
    },
  });

  const missing = query.data === undefined && enabled;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name says all that the key does
  useEffect(() => {
    if (!missing) return;
    void cache.get<Answer<Data>>(name).then((found) => {
      if (!found || queries.getQueryData(queryKey) !== undefined) return;
      queries.setQueryData(queryKey, { ...found.value, kept: true }, { updatedAt: 1 });
      void queries.invalidateQueries({ queryKey, exact: true });
    });
  }, [missing, cache, name, queries]);

  const answer = query.data;
  // of a chain that stopped, it is so by its last block; without a connection, by the one it was asked at
  const followed = standing !== "unconnected" && !query.isError && answer?.kept !== true;
  return {
    data: answer?.data,
    error: query.error ?? undefined,
    asOf: answer && (followed ? (headNow() ?? answer.asOf) : answer.asOf),
    stale: answer !== undefined && (!followed || standing !== "current"),
    loading: query.isFetching,
    refetch: () => void query.refetch(),
  };
}
