// Which vaults took a request and then said nothing: for a while others are asked before them, and a read waits less
// long for them, or not at all. What is written waits as ever: it may be for a slow disk, and is wanted at every vault.

/** That while. */
const REST_MS = 60_000;
/** Silent again in that while, a vault is not read from for so long: a list of a thousand batches waits once. */
const PAUSE_MS = 10_000;
/** How long such a vault may take to begin an answer. */
const LITTLE_MS = 5_000;

interface Silence {
  readonly at: number;
  readonly again: boolean;
}

/** When each was last waited for in vain, by its URL: what one read waited for no other waits for again. */
const silent = new Map<string, Silence>();

const within = (ms: number, { at }: Silence): boolean => Date.now() - at < ms;

/** Of the last while. */
function silenceOf(url: string): Silence | undefined {
  const silence = silent.get(url);
  return silence && within(REST_MS, silence) ? silence : undefined;
}

/** It took the connection, and its time ran out. */
export function wasSilent(url: string): void {
  silent.set(url, { at: Date.now(), again: silenceOf(url) !== undefined });
}

/** It answered, whatever it said. */
export function hasAnswered(url: string): void {
  silent.delete(url);
}

/** How long a read may wait for an answer to begin, at most `usualMs`; 0 where it is not to ask. */
export function patienceWith(url: string, usualMs: number): number {
  const silence = silenceOf(url);
  if (!silence) return usualMs;
  return silence.again && within(PAUSE_MS, silence) ? 0 : LITTLE_MS;
}

/** In their order, those that were silent within the last minute after all others. */
export function talkersFirst<Of extends { readonly at: { readonly url: string } }>(vaults: readonly Of[]): Of[] {
  const rests = ({ at }: Of): boolean => silenceOf(at.url) !== undefined;
  return [...vaults.filter((vault) => !rests(vault)), ...vaults.filter(rests)];
}
