/** What windows of one browser tell each other about an account: no secret, and nothing that was measured. */

export type Word =
  /** Its user locked it: keys in memory go, in every window. */
  | { type: "lock"; address: string }
  /** It was removed from this browser. */
  | { type: "forget"; address: string }
  /** Somebody is there, as of this time. */
  | { type: "alive"; address: string; at: number };

type Listener = (word: Word) => void;

const listeners = new Set<Listener>();
let opened: BroadcastChannel | undefined;

/** Absent in browsers that have none: there each window is by itself. */
function channel(): BroadcastChannel | undefined {
  if (opened || typeof BroadcastChannel === "undefined") return opened;
  opened = new BroadcastChannel("cw-vitals/session");
  opened.onmessage = ({ data }: MessageEvent<Word>) => {
    for (const listener of [...listeners]) listener(data);
  };
  return opened;
}

/** Tells all other windows, not this one. */
export function tellWindows(word: Word): void {
  channel()?.postMessage(word);
}

/** Hears what other windows tell. Returns what stops it. */
export function hearWindows(listener: Listener): () => void {
  channel();
  listeners.add(listener);
  return () => listeners.delete(listener);
}
