/** Whether somebody is there: what was touched, in any window of the account, and work that goes on for its user. */

/** How long before the lock the app asks. At least 20 seconds are to be left for an answer (WCAG 2.2, 2.2.1). */
export const WARNING_MS = 60_000;
/** Work that begins sooner after a touch is its user's; later it is the app's own, which follows the chain for ever. */
const BEGUN_BY_USER_MS = 60_000;

export type Phase = "present" | "warned" | "over";

export class Life {
  private touchedAt: number;
  private seenAt: number;

  constructor(now: number) {
    this.touchedAt = now;
    this.seenAt = now;
  }

  /** A key, a finger, a pointer. */
  touched(now: number): void {
    this.touchedAt = now;
    this.seenAt = now;
  }

  /** Somebody was seen elsewhere; a message that waited in a window that slept tells of then, not of now. */
  seen(at: number, now: number): void {
    if (at <= now && at > this.seenAt) this.seenAt = at;
  }

  /** Work got further. Says whether it holds off the lock: one that was begun by its user, as one that is there. */
  worked(begunAt: number, now: number): boolean {
    const byUser = begunAt - this.touchedAt < BEGUN_BY_USER_MS;
    if (byUser) this.seen(now, now);
    return byUser;
  }

  /** It compares times and does not count: a laptop that slept longer is locked as it wakes. */
  phase(minutes: number, now: number): Phase {
    // the clock was set back: counted anew from there, else it would not lock until the clock is there again
    if (now < this.seenAt) this.touched(now);
    const idle = now - this.seenAt;
    if (idle >= minutes * 60_000) return "over";
    return idle >= minutes * 60_000 - WARNING_MS ? "warned" : "present";
  }
}

type Advance = (begunAt: number) => void;
const listeners = new Set<Advance>();

/** Tells that a piece of work that began then got further. */
export function workAdvanced(begunAt: number): void {
  for (const listener of listeners) listener(begunAt);
}

/** Returns what stops it. */
export function onWorkAdvanced(listener: Advance): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How far a piece of work is. Only what was never reached before is an advance: what goes up and down is none. */
export class Furthest {
  private readonly reached = new Map<string, number>();

  /** @param part of the work, whose `done` begins anew */
  advances(part: string, done: number): boolean {
    const advanced = done > (this.reached.get(part) ?? 0);
    if (advanced) this.reached.set(part, done);
    return advanced;
  }
}
