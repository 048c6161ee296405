// Which vaults took a request and then said nothing: others are asked before them for a while.

/** That while. */
const REST_MS = 60_000;

/** When each was last waited for in vain, by its URL: what one read waited for no other waits for again. */
const silent = new Map<string, number>();

/** It took the connection, and its time ran out. */
export function wasSilent(url: string): void {
  silent.set(url, Date.now());
}

/** It answered, whatever it said. */
export function hasAnswered(url: string): void {
  silent.delete(url);
}

/** In their order, those that were silent within the last minute after all others. */
export function talkersFirst<Of extends { readonly at: { readonly url: string } }>(vaults: readonly Of[]): Of[] {
  const rests = ({ at }: Of): boolean => Date.now() - (silent.get(at.url) ?? Number.NEGATIVE_INFINITY) < REST_MS;
  return [...vaults.filter((vault) => !rests(vault)), ...vaults.filter(rests)];
}
