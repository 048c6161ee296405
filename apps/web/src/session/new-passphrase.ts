/** What a new passphrase must be, wherever one is chosen. */

/** Below this a passphrase is refused: scrypt slows guessing, it does not stop it. */
export const SHORTEST_PASSPHRASE = 10;

export const isShort = (passphrase: string) => [...passphrase].length < SHORTEST_PASSPHRASE;

/** What keeps it from being taken: it is typed twice, since nobody can reset one that was mistyped. */
export function faultOf(passphrase: string, again: string): "short" | "differs" | undefined {
  if (isShort(passphrase)) return "short";
  return passphrase === again ? undefined : "differs";
}
