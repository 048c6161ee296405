/** The keys that this browser keeps, which an agent whose save failed is ahead of. */
import { inCore } from "@cw-vitals/client/core";
import { openKeyring } from "../../../session/keyring";
import type { Secrets } from "../../../session/types";

export interface KeptKeys {
  latest: number;
  generations: number;
  recipient: string;
  /** Why they are not the ones the chain knows; absent where they are, or where it did not answer yet. */
  unfit?: unknown;
}

/** @throws VitalsError `keys/…` where they do not open */
export function keptKeys({ keyring = "", identity }: Secrets, info: object | undefined): KeptKeys {
  const keys = openKeyring(keyring, identity);
  try {
    return inCore(() => ({
      latest: keys.latest,
      generations: keys.generations().length,
      recipient: keys.recipient,
      unfit: info && refusal(() => inCore(() => keys.check(info))),
    }));
  } finally {
    keys.free();
  }
}

function refusal(check: () => void): unknown {
  try {
    check();
    return undefined;
  } catch (error) {
    return error;
  }
}
