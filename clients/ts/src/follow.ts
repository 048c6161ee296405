// Follows a deployment's events block by block: pushed by websocket, asked for where that fails, and
// without holes where the connection was away.

import { eventsOf, type VitalsEvent } from "./chain-events.js";
import type { ContractName } from "./contract.js";
import { isVitalsError, VitalsError } from "./errors.js";
import { type Network, websocketOf } from "./network.js";
import { asked, type ChainNode, type Head } from "./node.js";
import { backOff, Pushed, SILENCE_MS } from "./pushed.js";

/** Which events are wanted; all where nothing is named. */
export interface EventFilter {
  /** The patient that an event names. Events that name none are left out then. */
  readonly patient?: string;
  readonly contract?: ContractName | readonly ContractName[];
  readonly kind?: string | readonly string[];
  /** Height of the first block that is read; the next one where absent. */
  readonly from?: number;
}

/** An event and its block. It is a hint: what it is about is confirmed by a query. */
export interface Followed extends VitalsEvent {
  readonly height: number;
  /** Block time, milliseconds since 1970. */
  readonly timeMs: number;
}

/** How following goes. */
export type FollowState =
  /** Told of each block by the node, and up to date with this one. */
  | { readonly state: "live"; readonly height: number; readonly timeMs: number }
  /** The websocket is away: asking for new blocks instead. */
  | { readonly state: "polling"; readonly height: number; readonly timeMs: number }
  /** The node does not answer. */
  | { readonly state: "away"; readonly error: VitalsError }
  /** Blocks that were not read, being too many or gone from the node: ask anew for everything that is shown. */
  | { readonly state: "skipped"; readonly from: number; readonly to: number };

export type OnState = (state: FollowState) => void;

/** Stops following. */
export type Unfollow = () => void;

/** Blocks that are read one by one after an absence; more are skipped, and said to be. */
const MOST_BEHIND = 2_000;
/** What a node tells of headers at once. */
const HEADERS = 20;
const POLL_MS = 1_000;

/** Follows the events of a deployment until it is told to stop. @see EventFilter */
export function follow(
  network: Network,
  node: ChainNode,
  filter: EventFilter,
  onEvent: (event: Followed) => void,
  onState: OnState = () => undefined,
): Unfollow {
  const follower = new Follower(network, node, filter, onEvent, onState);
  void follower.run();
  return () => follower.stop();
}

class Follower {
  private next: number | undefined;
  private stopped = false;
  private readonly pushed: Pushed;
  private attempts = 0;
  private wake: () => void = () => undefined;

  constructor(
    private readonly network: Network,
    private readonly node: ChainNode,
    private readonly filter: EventFilter,
    private readonly onEvent: (event: Followed) => void,
    private readonly onState: OnState,
  ) {
    this.next = filter.from;
    this.pushed = new Pushed(websocketOf(network), () => this.wake());
  }

  stop(): void {
    this.stopped = true;
    this.pushed.close();
    this.wake();
  }

  async run(): Promise<void> {
    while (!this.stopped) {
      try {
        this.pushed.keep();
        await this.catchUp(this.pushed.take() ?? (await this.node.head()));
        this.attempts = 0;
        await this.pause(this.pushed.isLive ? SILENCE_MS : POLL_MS);
      } catch (error) {
        if (this.stopped) return;
        told(() => this.onState({ state: "away", error: error as VitalsError }));
        await this.pause(backOff(this.attempts++));
      }
    }
  }

  /** Reads every block up to the head that was not read. */
  private async catchUp(head: Head): Promise<void> {
    this.next ??= head.height + 1;
    if (head.height - this.next >= MOST_BEHIND) this.skipTo(this.next, head.height + 1);
    if (this.next === head.height) await this.readBlock(head);
    while (this.next <= head.height && !this.stopped) await this.readKept(this.next, head.height);
    const state = this.pushed.isLive ? "live" : "polling";
    if (!this.stopped) told(() => this.onState({ state, ...head }));
  }

  private skipTo(first: number, next: number): void {
    this.next = next;
    if (!this.stopped) told(() => this.onState({ state: "skipped", from: first, to: next - 1 }));
  }

  /** Some blocks from `first` on, or from the first one that the node did not delete yet. */
  private async readKept(first: number, last: number): Promise<void> {
    try {
      await this.readSome(first, last);
    } catch (error) {
      const from = this.next ?? first;
      const earliest = isVitalsError(error, "node/refused") ? await this.node.earliest() : from;
      if (earliest <= from) throw error;
      this.skipTo(from, earliest);
    }
  }

  /** Some blocks from `first` on; those without transactions cost no call. */
  private async readSome(first: number, last: number): Promise<void> {
    const to = Math.min(last, first + HEADERS - 1);
    const { blockMetas } = await asked(this.node.url, () => this.node.comet.blockchain(first, to));
    const metas = [...blockMetas].sort((a, b) => a.header.height - b.header.height);
    if (metas.length !== to - first + 1 || metas[0]?.header.height !== first) {
      throw new VitalsError("node/refused", `${this.node.url} does not have the blocks from ${first} to ${to}`);
    }
    for (const { header, numTxs } of metas) {
      if (this.stopped) return;
      if (numTxs > 0) await this.readBlock({ height: header.height, timeMs: header.time.getTime() });
      else this.next = header.height + 1;
    }
  }

  private async readBlock({ height, timeMs }: Head): Promise<void> {
    const { results } = await asked(this.node.url, () => this.node.comet.blockResults(height));
    for (const { code, events } of results) {
      if (code !== 0) continue;
      for (const event of eventsOf(this.network.deployment, events)) {
        if (!this.stopped && matches(this.filter, event)) told(() => this.onEvent({ ...event, height, timeMs }));
      }
    }
    this.next = height + 1;
  }

  /** Until a block is pushed, or so long. */
  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.stopped || this.pushed.isWaiting) return resolve();
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** A listener's own fault is reported as any other uncaught one, and does not stop what it listens to. */
function told(listener: () => void): void {
  try {
    listener();
  } catch (fault) {
    queueMicrotask(() => {
      throw fault;
    });
  }
}

/** Whether an event is one of those wanted. */
export function matches({ patient, contract, kind }: EventFilter, event: VitalsEvent): boolean {
  return (
    (patient === undefined || event.attributes.patient === patient) &&
    (contract === undefined || [contract].flat().includes(event.contract)) &&
    (kind === undefined || [kind].flat().includes(event.kind))
  );
}
