/** How new what the node tells is: by the connection to it, and by the clock. */

export interface Head {
  height: number;
  timeMs: number;
}

/** How the connection to the node is. */
export type LiveState = "connecting" | "live" | "polling" | "away";

/**
 * Whether what is shown can be current. `halted`: the node answers, and no new block came for too long. `behind`: it
 * tells of blocks, and they are old. Only while it is `current` may anything read as current.
 */
export type Standing = "current" | "halted" | "behind" | "unconnected";

export interface LiveSnapshot {
  state: LiveState;
  standing: Standing;
  head?: Head;
  error?: unknown;
}

/** So many blocks that did not come mean that none will, for now. */
const MISSED_BLOCKS = 5;
/** What a chain is expected to need for a block before two of it were seen; CometBFT's usual. */
const USUAL_BLOCK_MS = 6_000;
/** Of a chain whose blocks come each second: one that was late is no halt. */
const LEAST_MS = 15_000;
/** Of the slowest chain. */
const MOST_MS = 120_000;
/** Blocks over which the time for one is taken. */
const SEEN = 20;

/** What changes with each block; kept out of React's state so that a block renders nothing but what shows it. */
export class LiveStore {
  private snapshot: LiveSnapshot = { state: "connecting", standing: "unconnected" };
  private readonly listeners = new Set<() => void>();
  private seen: Head[] = [];
  /** When the newest block was heard of, by this machine's clock. */
  private heardAt = 0;

  constructor(private readonly now: () => number = Date.now) {}

  get = () => this.snapshot;

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(change: { state: LiveState; head?: Head; error?: unknown }): void {
    if (change.head) this.hear(change.head);
    const head = change.head ?? this.snapshot.head;
    this.tell({ ...change, standing: this.standing(change.state, head), ...(head ? { head } : {}) });
  }

  /** Looks at the clock: that a block does not come tells nobody. */
  tick(): void {
    const { state, head, standing } = this.snapshot;
    const now = this.standing(state, head);
    if (now !== standing) this.tell({ ...this.snapshot, standing: now });
  }

  /** A chain that made no block for so long has halted: five of its blocks, within 15 s and 2 minutes. */
  get haltedAfterMs(): number {
    const [first, last] = [this.seen[0], this.seen.at(-1)];
    const blocks = first && last ? last.height - first.height : 0;
    const one = first && last && blocks > 0 ? (last.timeMs - first.timeMs) / blocks : USUAL_BLOCK_MS;
    return Math.min(MOST_MS, Math.max(LEAST_MS, MISSED_BLOCKS * one));
  }

  private hear(head: Head): void {
    const newest = this.seen.at(-1);
    // the same block once more is no sign of life
    if (newest && head.height === newest.height) return;
    // of another chain, or one that was set back
    if (newest && head.height < newest.height) this.seen = [];
    this.seen = [...this.seen, head].slice(-SEEN);
    this.heardAt = this.now();
  }

  private standing(state: LiveState, head: Head | undefined): Standing {
    if (!isConnected(state) || !head) return "unconnected";
    const most = this.haltedAfterMs;
    if (this.now() - this.heardAt > most) return "halted";
    return this.now() - head.timeMs > most ? "behind" : "current";
  }

  private tell(snapshot: LiveSnapshot): void {
    this.snapshot = snapshot;
    for (const listener of this.listeners) listener();
  }
}

export const isConnected = (state: LiveState) => state === "live" || state === "polling";
