import { VitalsError } from "@cw-vitals/client";
import type { Identity } from "@cw-vitals/client/core";
import type { Secrets } from "../../session/types";

/**
 * The identity whose recipient the account published, in the core: a patient's is that of the keys.
 * @throws VitalsError `keys/none` where the account has none
 */
export async function identityOf({ identity, keyring }: Secrets): Promise<Identity> {
  if (!identity) throw new VitalsError("keys/none", "this account has no identity that opens what is encrypted to it");
  const core = await import("@cw-vitals/client/core");
  await core.loadCore();
  if (keyring === undefined) return core.inCore(() => core.Identity.parse(identity));
  const { openKeyring } = await import("../../session/keyring");
  return core.inCore(() => openKeyring(keyring, identity).identity());
}
