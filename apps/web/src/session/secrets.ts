/** How a change of the secrets is put over what is kept. */
import { VitalsError } from "@cw-vitals/client/errors";
import type { HeldKeys, Secrets } from "./types";

/**
 * @param held the keys that the change builds on; absent where it builds on none
 * @throws VitalsError `keys/changed`: two that each drew the next generation would lose one of the secrets
 */
export function merged(before: Secrets, part: Secrets, held: HeldKeys | undefined): Secrets {
  if (!held || held.keyring === before.keyring) return { ...before, ...part };
  throw new VitalsError("keys/changed", "these keys were changed elsewhere: load the app again here");
}
