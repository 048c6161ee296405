/** A patient's readings on the screen: opened in a worker, with what could not be opened beside them. */
import type { GroundRef } from "@cw-vitals/client";
import type { BatchInfo } from "@cw-vitals/client/anchor";
import type { Purpose } from "@cw-vitals/client/consent";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { type OpenSession, useOpenAccount } from "../session/useSession";
import { core } from "../worker/pool";
import type { ReadJob } from "../worker/protocol";
import type { Gap } from "./gaps";
import { type GatheredSeries, gather, type ReadFailure, unopenedGaps } from "./gather";
import { type Head, useConnected, useHead, useVitals } from "./live";
import { categoriesOf, type Measure } from "./measures";
import { asksOnce } from "./prompts";
import { isRefusal, keptState, type ReadState, readBatches } from "./read";
import { HOUR_MS } from "./time-zone";

export type { GatheredSeries as MeasureSeries, ReadFailure } from "./gather";

export interface ReadingsRequest {
  patient: string;
  measures: readonly Measure[];
  /** Unix time, ms, `[from, to)`. Whole hours are read, and what is outside is cut off. */
  window: { from: number; to: number };
  /** `TREAT` where absent. */
  purpose?: Purpose;
  /** What the account may read by; control of the patient where absent. */
  ground?: GroundRef;
  /** The grant whose package has the keys, where the ground is no grant: a guardian's. */
  packageOf?: string;
  enabled?: boolean;
}

export interface Readings {
  /** In order of time; a measure without readings is there with none. */
  series: readonly GatheredSeries[];
  /** Batches that there are and that could not be shown, and why. Never left out silently. */
  failures: readonly ReadFailure[];
  /** Hours of those batches: no line is drawn over them. */
  gaps: readonly Gap[];
  /** While it works. Batches already opened are in `series` then. */
  progress: { done: number; total: number } | undefined;
  /** Stops the work; what was opened stays, `error` says that it was cancelled. */
  cancel(): void;
  retry(): void;
  /** Nothing could be read at all. */
  error: unknown;
  asOf: Head | undefined;
  /** From this browser's keeping, or the node is away: never to be shown as current. */
  stale: boolean;
  /** What is shown is from earlier, and is not being asked for anew. How complete it is: `completenessOf`. */
  away: boolean;
  /** Batches that are still to be opened; absent until it is known which there are. */
  awaited: readonly BatchInfo[] | undefined;
}

/** Requests that a vault answers at once; a wallet without sessions asks its user for each. */
const AT_ONCE = 6;

export function useReadings(request: ReadingsRequest): Readings {
  const session = useOpenAccount();
  const vitals = useVitals();
  const connected = useConnected();
  const headNow = useHead();
  const queries = useQueryClient();
  const job = jobOf(request, session);
  const { reader: _, ...asked } = job;
  const name = `readings/${JSON.stringify(asked)}`;
  const queryKey = [session.address, name];
  const stopped = useRef<AbortController>(undefined);
  const enabled = request.enabled ?? true;

  const query = useQuery<ReadState>({
    queryKey,
    meta: { patient: request.patient, contracts: ["anchor", "consent"] },
    enabled: enabled && vitals !== undefined,
    retry: false,
    queryFn: ({ signal }) => {
      stopped.current = new AbortController();
      return readBatches({
        vitals: vitals as NonNullable<typeof vitals>,
        account: session.account,
        cache: session.cache,
        core,
        name,
        job,
        signal: AbortSignal.any([signal, stopped.current.signal]),
        before: queries.getQueryData<ReadState>(queryKey),
        onState: (state) => queries.setQueryData(queryKey, state),
      });
    },
  });

  const missing = enabled && query.data === undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name says all that the key does
  useEffect(() => {
    if (!missing) return;
    void keptState(session.cache, name).then((kept) => {
      if (!kept || queries.getQueryData(queryKey) !== undefined) return;
      queries.setQueryData<ReadState>(queryKey, kept);
      // asked for all the same, once the node is there: what was kept is good only until then
      void queries.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false });
    });
  }, [missing, session.cache, name, queries]);

  const taken = query.isError && isRefusal(query.error);
  const shown = taken ? undefined : query.data;
  const { from, to } = request.window;
  const batches = shown?.batches;
  // by what they are, not by identity: pages write the list anew each time
  const wanted = request.measures.join();
  const series = useMemo(
    () => gather(batches?.values() ?? [], wanted.split(",") as Measure[], { from, to }),
    [batches, wanted, from, to],
  );
  const gaps = useMemo(() => unopenedGaps(shown?.failures ?? []), [shown?.failures]);
  const cancel = useCallback(() => stopped.current?.abort(new DOMException("cancelled", "AbortError")), []);
  const { refetch } = query;
  const retry = useCallback(() => void refetch(), [refetch]);
  const kept = shown?.kept === true;
  const stale = shown !== undefined && (!connected || kept || query.isError);
  return {
    series,
    failures: shown?.failures ?? [],
    gaps,
    progress: query.isFetching ? (shown?.progress ?? { done: 0, total: 0 }) : undefined,
    cancel,
    retry,
    error: query.error ?? undefined,
    asOf: shown && (stale ? shown.asOf : (headNow() ?? shown.asOf)),
    stale,
    away: shown !== undefined && (!connected || (kept && !query.isFetching)),
    // what was kept tells nothing of what came since
    awaited: shown && !kept ? (shown.awaited ?? []) : undefined,
  };
}

/** Whole hours, and everything that the worker needs to read them as this account. */
function jobOf(request: ReadingsRequest, session: OpenSession): ReadJob {
  const { patient, measures, window, purpose = "TREAT", ground = { patient: {} }, packageOf } = request;
  const { network, address, account, secrets } = session;
  const sessions = account.authorizeRead !== undefined;
  return {
    reader: {
      network,
      address,
      publicKey: account.publicKey,
      atOnce: asksOnce(session) ? AT_ONCE : 1,
      sessions,
      ...(secrets.identity ? { identity: secrets.identity } : {}),
      ...(secrets.keyring && "patient" in ground ? { keyring: secrets.keyring } : {}),
    },
    patient,
    categories: categoriesOf(measures),
    window: { from: Math.floor(window.from / HOUR_MS), to: Math.ceil(window.to / HOUR_MS) },
    purpose,
    ground,
    ...(packageOf === undefined ? {} : { packageOf }),
  };
}
