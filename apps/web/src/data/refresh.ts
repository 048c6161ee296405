/** Which of the queries that are shown an event makes old. */
import type { ContractName, Followed } from "@cw-vitals/client";
import type { Query, QueryClient } from "@tanstack/react-query";

/** What a query rests on; nothing named means anything. */
export interface RestsOn {
  patient?: string;
  contracts?: readonly ContractName[];
  /**
   * It is not asked anew sooner after its last answer, however many events touch it: for what takes many requests, and
   * whose events anybody can bring about.
   */
  restMs?: number;
}

/** What an event is judged by. */
type Told = Pick<Followed, "contract" | "kind" | "attributes">;

/** Each reading is followed by it: were it to make readings old, they would never come to rest. */
const RECEIPTS = "receipts_anchored";

/** Events of one block come in a burst: one round of asking is enough. */
const GATHER_MS = 60;

export interface Refresh {
  event(event: Told): void;
  everything(): void;
  stop(): void;
}

export function refreshed(queries: QueryClient): Refresh {
  let gathered: Told[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const resting = new Map<string, ReturnType<typeof setTimeout>>();
  const afterRest = ({ queryHash }: Query, ms: number) => {
    if (resting.has(queryHash)) return;
    const ask = () => {
      resting.delete(queryHash);
      void askAnew(queries, (query) => query.queryHash === queryHash);
    };
    resting.set(queryHash, setTimeout(ask, ms));
  };
  const flush = () => {
    const events = gathered;
    gathered = [];
    timer = undefined;
    const touched = (query: Query) => events.some((event) => touches(event, query.meta as RestsOn | undefined));
    const waits = queries.getQueryCache().findAll({ predicate: (query) => touched(query) && restOf(query) > 0 });
    for (const query of waits) afterRest(query, restOf(query));
    void askAnew(queries, (query) => touched(query) && !waits.includes(query));
  };
  return {
    event(event) {
      gathered.push(event);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    everything() {
      void queries.invalidateQueries();
    },
    stop() {
      clearTimeout(timer);
      for (const one of resting.values()) clearTimeout(one);
      resting.clear();
    },
  };
}

/** How long it is not to be asked anew yet. */
function restOf({ meta, state }: Query): number {
  const { restMs = 0 } = (meta ?? {}) as RestsOn;
  return state.fetchStatus === "fetching" ? restMs : restMs - (Date.now() - state.dataUpdatedAt);
}

/**
 * What is under way is let finish, or a query that takes longer than events come would never end; since it may have
 * been asked before the event, it is asked once more afterwards.
 */
async function askAnew(queries: QueryClient, predicate: (query: Query) => boolean): Promise<void> {
  const all = queries.getQueryCache().findAll({ predicate });
  const before = new Set(all.filter((query) => query.state.fetchStatus === "fetching"));
  await queries.invalidateQueries({ predicate }, { cancelRefetch: false });
  if (before.size > 0) {
    await queries.invalidateQueries({ predicate: (query) => before.has(query) }, { cancelRefetch: false });
  }
}

/** An event that names no patient may be about any; so may a query that rests on none. */
export function touches(event: Told, on: RestsOn = {}): boolean {
  const { patient } = event.attributes;
  if (event.contract === "consent" && event.kind === RECEIPTS) return false;
  if (on.contracts && !on.contracts.includes(event.contract)) return false;
  return on.patient === undefined || patient === undefined || on.patient === patient;
}
