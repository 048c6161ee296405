// New blocks as a node pushes them. Whoever reads them reads by height: what was pushed while nothing
// listened is not lost.

import { SocketWrapper } from "@cosmjs/socket";

import type { Head } from "./node.js";

// The socket is CosmJS's plain one: its websocket client goes on reconnecting after it was told to disconnect.

/** A websocket that says nothing for so long is taken for dead. */
export const SILENCE_MS = 20_000;

const BACK_OFF_MS = [500, 1_000, 2_000, 5_000, 10_000] as const;

/** How long to wait after so many failures in a row. */
export const backOff = (failures: number): number => BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] ?? 10_000;

const SUBSCRIBE = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "subscribe",
  params: { query: "tm.event='NewBlockHeader'" },
});

/** New blocks of one node. */
export class Pushed {
  private socket: SocketWrapper | undefined;
  private latest: Head | undefined;
  private connectedAt = 0;
  private heardAt: number | undefined;
  private failures = 0;
  private retryAt = 0;

  /** @param url of the websocket @param onBlock called when there is a block to take, or the connection ends */
  constructor(
    private readonly url: string,
    private readonly onBlock: () => void,
  ) {}

  /** Whether blocks come by themselves. */
  get isLive(): boolean {
    return this.heardAt !== undefined && Date.now() - this.heardAt < SILENCE_MS;
  }

  get isWaiting(): boolean {
    return this.latest !== undefined;
  }

  /** The newest block since it was asked last. */
  take(): Head | undefined {
    const { latest } = this;
    this.latest = undefined;
    return latest;
  }

  /** Connects where there is no connection that speaks, unless it was tried just now. */
  keep(): void {
    const now = Date.now();
    if (this.socket && now - (this.heardAt ?? this.connectedAt) >= SILENCE_MS) this.drop();
    if (!this.socket && now >= this.retryAt) this.connect(now);
  }

  close(): void {
    const { socket } = this;
    this.socket = undefined;
    this.heardAt = undefined;
    try {
      socket?.disconnect();
    } catch {
      // it had not connected yet: there is nothing to close
    }
  }

  private connect(now: number): void {
    const ended = (): void => {
      if (this.socket !== socket) return;
      this.drop();
      this.onBlock();
    };
    const heard = ({ data }: { data: string }): void => {
      const block = blockIn(data);
      if (block && this.socket === socket) this.hear(block);
    };
    const opened = (): void => void socket.send(SUBSCRIBE).catch(ended);
    const socket = new SocketWrapper(this.url, heard, ended, opened, ended);
    this.socket = socket;
    this.connectedAt = now;
    socket.connected.catch(ended);
    socket.connect();
  }

  private hear(block: Head): void {
    this.failures = 0;
    this.heardAt = Date.now();
    this.latest = block;
    this.onBlock();
  }

  private drop(): void {
    this.close();
    this.retryAt = Date.now() + backOff(this.failures++);
  }
}

/** The block that a message of the node tells of; the first message is the subscription's answer, and tells of none. */
function blockIn(data: string): Head | undefined {
  try {
    const told = JSON.parse(data) as { result?: { data?: { value?: { header?: { height: string; time: string } } } } };
    const header = told.result?.data?.value?.header;
    return header && { height: Number(header.height), timeMs: Date.parse(header.time) };
  } catch {
    return undefined;
  }
}
