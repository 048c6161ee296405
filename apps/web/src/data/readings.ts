/** A patient's readings on the screen: opened in a worker, with what could not be opened beside them. */
import type { GroundRef } from "@cw-vitals/client";
import type { Purpose } from "@cw-vitals/client/consent";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { type OpenSession, useOpenAccount } from "../session/useSession";
import { core } from "../worker/pool";
import type { ReadJob } from "../worker/protocol";
import { codeOf } from "./errors";
import type { Gap } from "./gaps";
import { type GatheredSeries, gather, type ReadFailure, unopenedGaps } from "./gather";
import { type Head, useConnected, useHead, useVitals } from "./live";
import { categoriesOf, type Measure } from "./measures";
import { keptState, type ReadState, readBatches } from "./read";
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
}

/** Requests that a vault answers at once; a wallet asks its user for each. */
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
      if (kept) queries.setQueryData<ReadState>(queryKey, (now) => now ?? kept);
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
  const stale = shown !== undefined && (!connected || shown.kept === true || query.isError);
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
  };
}

/** Whole hours, and everything that the worker needs to read them as this account. */
function jobOf(request: ReadingsRequest, session: OpenSession): ReadJob {
  const { patient, measures, window, purpose = "TREAT", ground = { patient: {} }, packageOf } = request;
  const { network, address, account, secrets, wallet } = session;
  const sessions = account.authorizeRead !== undefined;
  return {
    reader: {
      network,
      address,
      publicKey: account.publicKey,
      atOnce: wallet === "local" || sessions ? AT_ONCE : 1,
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

/** Access ended: what was opened is taken off the screen. A failing connection is no refusal. */
function isRefusal(error: unknown): boolean {
  return codeOf(error)?.startsWith("consent/") ?? false;
}
